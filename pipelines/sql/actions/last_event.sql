-- last_event: what last happened to an action
-- grain: one row
-- reads: action_events
-- why:   whoever meets a newer version is told who made it
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
where action_id = $action_id
order by version desc
limit 1
