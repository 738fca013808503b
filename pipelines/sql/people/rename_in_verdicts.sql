-- rename_in_verdicts: a person's new name, wherever they decided what is kept, changed or dropped
-- grain: one row per place
-- reads: verdicts
update verdicts
set decided_by = $name
where decided_by = $former
