-- verdicts: what a quarterly review decided so far
-- grain: one row per thing
-- reads: verdicts
select
    subject,
    verdict,
    reason,
    change,
    decided_by,
    decided_at,
    version
from verdicts
where meeting_id = $meeting_id
order by subject
