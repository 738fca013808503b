-- set_status: how far a meeting is
-- grain: one row
update meetings
set
    status = $status
where meeting_id = $meeting_id
