-- rename_in_meeting_events: a person's new name, wherever they moved the clock of a meeting
-- grain: one row per place
-- reads: meeting_events
update meeting_events
set author = $name
where author = $former
