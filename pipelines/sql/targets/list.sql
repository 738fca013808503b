-- list: every target that was set, of one KPI or of all
-- grain: one row per target
-- reads: targets
select
    target_id,
    kpi,
    owner,
    value,
    max_value,
    at_most,
    per,
    valid_from,
    valid_to,
    reason,
    set_at,
    segment,
    region,
    business_unit
from targets
where
    $kpi is null
    or kpi = $kpi
order by
    kpi,
    owner nulls first,
    segment nulls first,
    region nulls first,
    business_unit nulls first,
    valid_from,
    target_id
