-- set_day: the day a meeting is held on
-- grain: one row
update meetings
set
    held_on = $held_on
where meeting_id = $meeting_id
