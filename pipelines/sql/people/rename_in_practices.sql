-- rename_in_practices: a person's new name, wherever practices name them
-- grain: one row per place
-- reads: practices
update practices
set person = $name
where person = $former
