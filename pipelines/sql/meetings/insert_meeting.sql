-- insert_meeting: a meeting that is planned
-- grain: one row
insert into meetings (
    meeting_id,
    kind,
    purpose,
    held_on,
    chair,
    status,
    revision
)
values (
    $meeting_id,
    $kind,
    $purpose,
    $held_on,
    $chair,
    $status,
    $revision
)
