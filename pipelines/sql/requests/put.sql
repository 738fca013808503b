-- put: a request for another date, new or changed
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
insert or replace into move_requests (
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
)
values (
    $request_id,
    $action_id,
    $asked_by,
    $asked_on,
    $due_on,
    $reason,
    $answered_by,
    $answered_on,
    $granted,
    $answer,
    $version
)
