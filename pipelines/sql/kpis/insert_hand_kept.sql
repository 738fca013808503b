-- insert_hand_kept: add a KPI whose numbers are typed
-- grain: one row
-- reads: nothing
insert into hand_kept_kpis (
    kpi,
    kind,
    unit,
    better,
    name,
    aggregate,
    complete,
    confidential
)
values (
    $kpi,
    $kind,
    $unit,
    $better,
    $name,
    $aggregate,
    $complete,
    $confidential
)
