-- end_choice: end the present choice today
-- grain: one row per chosen KPI
-- reads: chosen_kpis
update chosen_kpis
set chosen_to = $today
where chosen_to is null
