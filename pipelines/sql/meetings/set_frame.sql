-- set_frame: what a meeting is for, and who leads it
-- grain: one row
update meetings
set
    purpose = $purpose,
    chair = $chair
where meeting_id = $meeting_id
