-- rename_in_distinct_people: a person's new name, wherever somebody told them apart from others
-- grain: one row per pair
-- reads: distinct_people
insert or ignore into distinct_people (name, other_name)
select
    least(case when name = $former then $name else name end, case when other_name = $former then $name else other_name end),
    greatest(case when name = $former then $name else name end, case when other_name = $former then $name else other_name end)
from distinct_people
where
    name = $former
    or other_name = $former
