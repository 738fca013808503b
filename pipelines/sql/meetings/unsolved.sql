-- unsolved: blockers that nobody has decided on yet, those put on hold too
-- grain: one row per blocker, oldest first
-- reads: blockers
select
    blocker_id,
    title,
    deal,
    parked_until,
    raised_in,
    parked_in
from blockers
where status in ('open', 'parked')
order by blocker_id
