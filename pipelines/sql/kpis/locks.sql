-- locks: the locked baseline that counts for each KPI, at one grain
-- grain: one row per KPI
-- reads: limits_locks
-- why:   of two locks of the same day, the one written last is the newer one
select
    kpi,
    baseline_from,
    baseline_to,
    reason,
    locked_on
from limits_locks
where grain = $grain
qualify row_number() over (partition by kpi order by locked_on desc, rowid desc) = 1
order by kpi
