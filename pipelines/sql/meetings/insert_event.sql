-- insert_event: something that moved the clock of a meeting
-- grain: one row
insert into meeting_events (
    meeting_id,
    number,
    happened_at,
    kind,
    section,
    author
)
values (
    $meeting_id,
    $number,
    $happened_at,
    $kind,
    $section,
    $author
)
