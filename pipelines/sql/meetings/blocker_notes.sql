-- blocker_notes: what is written down about some blockers
-- grain: one row per blocker and step
-- reads: blocker_notes
select
    blocker_id,
    step,
    text,
    version,
    changed_at,
    author
from blocker_notes
where list_contains($blockers, blocker_id)
order by
    blocker_id,
    step
