-- rename_in_attendance: a person's new name, wherever they are invited
-- grain: one row per place
-- reads: attendance
-- why:   where something stands under the new name already, both stay
update attendance
set name = $name
where
    name = $former
    and not exists (
        from attendance as same
        where
            same.meeting_id = attendance.meeting_id
            and same.name = $name
    )
