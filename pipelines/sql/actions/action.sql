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
    version
from actions
where action_id = $action_id
