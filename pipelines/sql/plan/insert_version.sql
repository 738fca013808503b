-- insert_version: a plan as it was after a change
-- grain: one row
insert into plan_versions (plan_id, version, happened_on, happened_at, author, kind, reason, state)
values ($plan_id, $version, $happened_on, $happened_at, $author, $kind, $reason, $state)
