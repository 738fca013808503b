-- rename_in_one_to_ones: a person's new name, wherever one_to_ones name them
-- grain: one row per place
-- reads: one_to_ones
update one_to_ones
set person = $name
where person = $former
