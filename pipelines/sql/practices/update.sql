-- update: a good practice after a change
-- grain: one row
update practices
set
    title = $title,
    text = $text,
    person = $person,
    version = $version
where practice_id = $practice_id
