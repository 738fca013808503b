-- put_attendee: somebody who is invited, new or changed
-- grain: one row
insert or replace into attendance (
    meeting_id,
    name,
    presence,
    version
)
values (
    $meeting_id,
    $name,
    $presence,
    $version
)
