-- delete_section: a section that is not held
-- grain: one row
delete from agenda_sections
where
    meeting_id = $meeting_id
    and position = $position
