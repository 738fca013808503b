-- rename_in_meetings: a person's new name, wherever they lead a meeting
-- grain: one row per place
-- reads: meetings
update meetings
set chair = $name
where chair = $former
