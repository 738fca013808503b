-- wrong_totals: tables that hold other rows than the imports say they added
-- grain: one row per source and table
-- why:   nothing is ever taken out of these two, so every added row has to be there
with held as (
    select source, 'deals' as table_name, count(*) as rows_held from deals group by source
    union all
    select source, 'activities', count(*) from activities group by source
),

said as (
    select source, entity as table_name, sum(added) as rows_added
    from imports
    where entity in ('deals', 'activities')
    group by source, entity
)

select
    coalesce(held.source, said.source) as source,
    coalesce(held.table_name, said.table_name) as table_name,
    coalesce(held.rows_held, 0) as rows_held,
    coalesce(said.rows_added, 0)::bigint as rows_added
from held
full join said on said.source = held.source and said.table_name = held.table_name
where coalesce(held.rows_held, 0) <> coalesce(said.rows_added, 0)
order by source, table_name
