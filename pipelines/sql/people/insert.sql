-- insert: somebody new
-- grain: one row
-- reads: nothing
insert into people (person_id, name, email, team, region, business_unit, active, version)
values ($person_id, $name, $email, $team, $region, $business_unit, $active, $version)
