-- choose: add one KPI to the choice that begins on a day
-- grain: one row
-- reads: nothing
insert into chosen_kpis (
    kpi,
    position,
    responsible,
    chosen_from
)
values (
    $kpi,
    $position,
    $responsible,
    $begins
)
