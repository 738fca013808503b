-- written: every name that the files and the typed numbers write for people
-- grain: one row per source and name
-- reads: deals, activities, invoices, kpi_entries, imports
select
    source,
    owner as written
from deals
where owner is not null
union
select
    source,
    owner as written
from activities
where owner is not null
union
select
    source,
    owner as written
from invoices
where owner is not null
union
select
    coalesce(imports.source, 'typed') as source,
    kpi_entries.owner as written
from kpi_entries
left join imports
    on kpi_entries.import_id = imports.import_id
where kpi_entries.owner <> ''
order by
    source,
    written
