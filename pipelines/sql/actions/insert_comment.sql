-- insert_comment: what somebody said about an action
-- grain: one row
insert into action_comments (comment_id, action_id, written_at, author, text)
values ($comment_id, $action_id, $written_at, $author, $text)
