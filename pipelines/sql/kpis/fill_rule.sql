-- fill_rule: give a rule to a KPI that an import made without one
-- grain: one row per KPI
-- reads: hand_kept_kpis
-- why:   what a person completed is never changed by a file
update hand_kept_kpis
set aggregate = $aggregate
where
    kpi = $kpi
    and aggregate is null
    and not complete
