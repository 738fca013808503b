-- entries: what was typed for one KPI, up to a day
-- grain: one row per period and owner
-- reads: kpi_entries
select
    grain,
    start,
    owner,
    value,
    numerator,
    denominator,
    entered_at
from kpi_entries
where
    kpi = $kpi
    and start <= $as_of
order by
    start,
    owner
