-- prune: drop the oldest jobs that have ended
-- reads: jobs
delete from jobs
where
    ended_at is not null
    and job_id <= (select max(job_id) from jobs) - :kept;
