-- actions: the actions that a meeting gave out
-- grain: one row per action
-- reads: meeting_actions
select action_id
from meeting_actions
where meeting_id = $meeting_id
order by action_id
