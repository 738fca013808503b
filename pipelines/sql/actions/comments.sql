-- comments: what was said about an action
-- grain: one row per comment, oldest first
-- reads: action_comments
select
    comment_id,
    action_id,
    written_at,
    author,
    text
from action_comments
where action_id = $action_id
order by comment_id
