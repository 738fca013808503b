-- complete_hand_kept: say what a hand-kept KPI is
-- grain: one row
-- reads: hand_kept_kpis
update hand_kept_kpis
set
    kind = $kind,
    unit = $unit,
    better = $better,
    name = $name,
    aggregate = $aggregate,
    complete = $complete,
    confidential = $confidential
where kpi = $kpi
