-- hand_kept: the KPIs that exist only in the store
-- grain: one row per KPI
-- reads: hand_kept_kpis
select
    kpi,
    kind,
    unit,
    better,
    name,
    aggregate,
    complete,
    coalesce(confidential, false) as confidential
from hand_kept_kpis
order by kpi
