-- next_comment_id: the number of the next comment
-- grain: one row
-- reads: action_comments
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(comment_id), 0) + 1 as comment_id
from action_comments
