-- rename_in_targets: a person's new name, wherever targets name them
-- grain: one row per place
-- reads: targets
update targets
set owner = $name
where owner = $former
