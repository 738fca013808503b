-- rename_in_gap_decisions: a person's new name, wherever they decided about a gap
-- grain: one row per place
-- reads: gap_decisions
update gap_decisions
set decided_by = $name
where decided_by = $former
