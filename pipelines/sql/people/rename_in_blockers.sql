-- rename_in_blockers: a person's new name, wherever they raised a blocker
-- grain: one row per place
-- reads: blockers
update blockers
set raised_by = $name
where raised_by = $former
