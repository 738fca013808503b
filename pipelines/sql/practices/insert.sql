-- insert: a new good practice
-- grain: one row
insert into practices (practice_id, title, text, person, origin, added_on, version)
values ($practice_id, $title, $text, $person, $origin, $added_on, $version)
