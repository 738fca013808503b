-- events: what happened to an action, or to all of them
-- grain: one row per change, oldest first
-- reads: action_events
select
    action_id,
    version,
    happened_on,
    happened_at,
    kind,
    before,
    after,
    reason,
    author
from action_events
where $action_id::integer is null or action_id = $action_id
order by action_id, version
