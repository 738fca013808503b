-- rename_in_actions: a person's new name, wherever actions name them
-- grain: one row per place
-- reads: actions
update actions
set owner = $name
where owner = $former
