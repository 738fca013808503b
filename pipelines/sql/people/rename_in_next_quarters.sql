-- rename_in_next_quarters: a person's new name, wherever they adopted the next quarter
-- grain: one row per place
-- reads: next_quarters
update next_quarters
set adopted_by = $name
where adopted_by = $former
