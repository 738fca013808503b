-- take_back_action: an action that a meeting gave out and gave up again
-- grain: one row
-- why:   nobody reads it out at the end
delete from meeting_actions
where
    meeting_id = $meeting_id
    and action_id = $action_id
