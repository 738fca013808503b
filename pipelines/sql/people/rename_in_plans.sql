-- rename_in_plans: a person's new name, wherever plans name them
-- grain: one row per place
-- reads: plans
update plans
set person = $name
where person = $former
