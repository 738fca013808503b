-- insert: a new action
-- grain: one row
insert into actions (action_id, title, owner, due_on, kpi, created_on, done_on, version)
values ($action_id, $title, $owner, $due_on, $kpi, $created_on, $done_on, $version)
