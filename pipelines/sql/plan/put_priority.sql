-- put_priority: a priority as it is now
-- grain: one row
insert into priorities (
    priority_id,
    plan_id,
    position,
    title,
    kpi,
    from_value,
    to_value,
    carried_from,
    dropped_on
)
values (
    $priority_id,
    $plan_id,
    $position,
    $title,
    $kpi,
    $from_value,
    $to_value,
    $carried_from,
    $dropped_on
)
on conflict (priority_id) do update
set
    position = excluded.position,
    title = excluded.title,
    kpi = excluded.kpi,
    from_value = excluded.from_value,
    to_value = excluded.to_value,
    dropped_on = excluded.dropped_on
