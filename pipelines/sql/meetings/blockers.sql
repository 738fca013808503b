-- blockers: one blocker, or those of a meeting: that are open, due again, or were dealt with there
-- grain: one row per blocker, oldest first
-- reads: blockers
-- why:   a blocker goes on from meeting to meeting until it is worked; a closed meeting keeps its own
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
    deal,
    version
from blockers
where
    blocker_id = $blocker_id
    or (status = 'open' and $live)
    or (status = 'parked' and parked_until <= $day and $live)
    or (raised_in = $meeting_id and status <> 'dropped')
    or parked_in = $meeting_id
    or worked_in = $meeting_id
order by blocker_id
