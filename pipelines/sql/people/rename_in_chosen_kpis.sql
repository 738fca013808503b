-- rename_in_chosen_kpis: a person's new name, wherever chosen_kpis name them
-- grain: one row per place
-- reads: chosen_kpis
update chosen_kpis
set responsible = $name
where responsible = $former
