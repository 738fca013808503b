-- insert_minutes: the minutes of a meeting that is closed
-- grain: one row
insert into minutes (
    meeting_id,
    closed_at,
    content
)
values (
    $meeting_id,
    $closed_at,
    $content
)
