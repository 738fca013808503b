-- same_blocker: an unsolved blocker for a KPI, an action, a point or a deal
-- grain: one row, or none
-- reads: blockers
-- why:   each becomes a blocker once; when it was worked and comes back, it may again
select
    blocker_id
from blockers
where
    status not in ('worked', 'dropped')
    and (
        (kpi = $kpi and $action_id is null and action_id is null)
        or action_id = $action_id
        or item_id = $item_id
        or deal = $deal
    )
order by blocker_id
limit 1
