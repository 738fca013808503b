-- strays: rows that name an import which is not in the register
-- grain: one row per table that has some
select
    table_name,
    count(*) as strays
from (
    select 'deals' as table_name, import_id from deals
    union all
    select 'former_deals', import_id from former_deals
    union all
    select 'stage_entries', import_id from stage_entries
    union all
    select 'activities', import_id from activities
    union all
    select 'invoices', import_id from invoices
    union all
    select 'kpi_entries', import_id from kpi_entries where import_id is not null
    union all
    select 'import_rejects', import_id from import_rejects
    union all
    select 'import_findings', import_id from import_findings
)
where import_id not in (select import_id from imports)
group by table_name
order by table_name
