-- entry_keys: every typed number with what it says
-- grain: one row per KPI, period and owner
-- reads: kpi_entries
select
    kpi,
    grain,
    start,
    owner,
    value,
    numerator,
    denominator,
    note
from kpi_entries
where list_contains($keys, kpi)
