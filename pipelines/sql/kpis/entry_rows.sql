-- entry_rows: what was typed for one KPI within some days, with where it was typed
-- grain: one row per period and owner
-- reads: kpi_entries, imports
-- why:   a week belongs to the month of its Thursday, whatever day it starts on
select
    coalesce(imports.source, 'typed') as source,
    kpi_entries.grain || ' ' || kpi_entries.start::text as external_id,
    imports.file_name,
    kpi_entries.file_line,
    kpi_entries.grain,
    kpi_entries.start,
    nullif(kpi_entries.owner, '') as owner,
    kpi_entries.value,
    kpi_entries.numerator,
    kpi_entries.denominator,
    kpi_entries.note
from kpi_entries
left join imports
    on kpi_entries.import_id = imports.import_id
where
    kpi_entries.kpi = $kpi
    and kpi_entries.start + case kpi_entries.grain when 'week' then $to_thursday else 0 end >= $start
    and kpi_entries.start + case kpi_entries.grain when 'week' then $to_thursday else 0 end < $end
    and kpi_entries.start <= $as_of
    and ($owners is null or list_contains($owners, kpi_entries.owner))
order by
    kpi_entries.start,
    kpi_entries.owner
