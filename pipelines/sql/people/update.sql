-- update: a person after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update people
set
    name = $name,
    email = $email,
    team = $team,
    region = $region,
    business_unit = $business_unit,
    active = $active,
    version = $version
where person_id = $person_id
