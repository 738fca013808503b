-- insert: a job that somebody asks for
-- reads: jobs
insert into jobs (kind, title, parameters, asked_by, role, account_id, state, created_at)
values (:kind, :title, :parameters, :asked_by, :role, :account_id, :state, :created_at)
returning job_id;
