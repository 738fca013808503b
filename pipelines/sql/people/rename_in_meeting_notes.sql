-- rename_in_meeting_notes: a person's new name, wherever they wrote something down
-- grain: one row per place
-- reads: meeting_notes
update meeting_notes
set author = $name
where author = $former
