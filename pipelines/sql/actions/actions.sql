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
    version
from actions
order by due_on, action_id
