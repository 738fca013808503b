-- list: every job, oldest first
-- grain: one row per job
-- reads: jobs
select
    job_id,
    kind,
    title,
    parameters,
    asked_by,
    role,
    account_id,
    state,
    lines,
    exit_code,
    attempts,
    journal_number,
    created_at,
    started_at,
    ended_at
from jobs
order by job_id;
