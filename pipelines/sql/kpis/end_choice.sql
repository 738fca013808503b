-- end_choice: end the choice that holds on a day, and what was to come after it
-- grain: one row per chosen KPI
-- reads: chosen_kpis
-- why:   what was to begin later never does: it ends before it begins, and holds on no day
update chosen_kpis
set chosen_to = $begins
where
    chosen_to is null
    or chosen_to > $begins
