-- actions: every action as it is now
-- grain: one row per action
-- reads: actions
-- why:   the order is the one people read: by date, then by age
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
order by due_on, action_id
