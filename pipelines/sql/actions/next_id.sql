-- next_id: the number of the next action
-- grain: one row
-- reads: actions
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(action_id), 0) + 1 as action_id
from actions
