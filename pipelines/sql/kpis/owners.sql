-- owners: everybody that the files and the typed numbers name
-- grain: one row per name
-- reads: people, deals, activities, invoices, kpi_entries
select name
from people
union
select owner as name
from deals
where owner is not null
union
select owner as name
from activities
where owner is not null
union
select owner as name
from invoices
where owner is not null
union
select owner as name
from kpi_entries
where owner <> ''
order by name
