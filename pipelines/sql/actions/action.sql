-- action: one action as it is now
-- grain: one row, or none
-- reads: actions
select
    action_id,
    title,
    owner,
    due_on,
    kpi,
    created_on,
    done_on,
    version,
    priority_id,
    coalesce(progress, 0) as progress,
    effect,
    lag_weeks,
    dropped_on,
    decision_id,
    carried_from,
    deal
from actions
where action_id = $action_id
