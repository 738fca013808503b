-- lock_limits: keep a locked baseline; the newest one counts
-- grain: one row
-- reads: nothing
insert into limits_locks (
    kpi,
    grain,
    baseline_from,
    baseline_to,
    reason,
    locked_on
)
values (
    $kpi,
    $grain,
    $start,
    $end,
    $reason,
    $locked_on
)
