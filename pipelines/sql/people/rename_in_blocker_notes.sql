-- rename_in_blocker_notes: a person's new name, wherever they wrote about a blocker
-- grain: one row per place
-- reads: blocker_notes
update blocker_notes
set author = $name
where author = $former
