-- insert_action: an action that a meeting gave out
-- grain: one row
insert into meeting_actions (
    meeting_id,
    action_id
)
values (
    $meeting_id,
    $action_id
)
