-- rename_in_experiments: a person's new name, wherever experiments name them
-- grain: one row per place
-- reads: experiments
update experiments
set owner = $name
where owner = $former
