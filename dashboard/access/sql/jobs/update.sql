-- update: what became of a job
-- reads: jobs
update jobs
set
    state = :state,
    lines = :lines,
    exit_code = :exit_code,
    attempts = :attempts,
    journal_number = :journal_number,
    started_at = :started_at,
    ended_at = :ended_at
where job_id = :job_id;
