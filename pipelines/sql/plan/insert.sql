-- insert: a new plan
-- grain: one row
insert into plans (plan_id, person, starts_on, ends_on, status, carried_from, terms, version)
values ($plan_id, $person, $starts_on, $ends_on, $status, $carried_from, $terms, $version)
