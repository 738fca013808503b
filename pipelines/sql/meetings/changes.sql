-- changes: how much happened to actions
-- grain: one row
-- reads: action_events
-- why:   see revision
select count(*) as changes
from action_events
