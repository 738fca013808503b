-- read: requests for another date of actions
-- grain: one row per request, oldest first
-- reads: move_requests
-- why:   one of them, those of one action, or all; those of closed actions stay as history
select
    request_id,
    action_id,
    asked_by,
    asked_on,
    due_on,
    reason,
    answered_by,
    answered_on,
    granted,
    answer,
    version
from move_requests
where
    ($request_id::integer is null or request_id = $request_id)
    and ($action_id::integer is null or action_id = $action_id)
order by request_id
