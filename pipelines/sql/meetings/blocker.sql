-- blocker: one blocker
-- grain: one row, or none
-- reads: blockers
select
    blocker_id,
    title,
    kpi,
    action_id,
    item_id,
    raised_in,
    raised_on,
    raised_by,
    status,
    rank,
    parked_until,
    forum,
    parked_in,
    worked_in,
    version
from blockers
where blocker_id = $blocker_id
