-- turn_down: keep that two names are two people
-- grain: one row, or none where it is known
-- reads: distinct_people
insert or ignore into distinct_people (name, other_name)
values ($name, $other_name)
