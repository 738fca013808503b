-- open_actions: what is still to be done, and by whom
-- grain: one row per open action
-- reads: actions
select
    action_id,
    title,
    owner,
    due_on
from actions
where
    done_on is null
    and dropped_on is null
order by
    due_on,
    action_id
