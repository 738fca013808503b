-- delete_attendee: somebody who is not invited
-- grain: one row
delete from attendance
where
    meeting_id = $meeting_id
    and name = $name
