-- insert_decision: what was decided
-- grain: one row
insert into decisions (
    decision_id,
    meeting_id,
    blocker_id,
    text,
    owner,
    due_on,
    action_id,
    decided_at,
    author,
    version
)
values (
    $decision_id,
    $meeting_id,
    $blocker_id,
    $text,
    $owner,
    $due_on,
    $action_id,
    $decided_at,
    $author,
    $version
)
