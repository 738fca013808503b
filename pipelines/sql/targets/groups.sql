-- groups: the segments, regions and business units that the files name
-- grain: one row per column and name
-- reads: deals, invoices
select
    'segment' as by_column,
    segment as name
from deals
where segment is not null
union
select
    'segment' as by_column,
    segment as name
from invoices
where segment is not null
union
select
    'region' as by_column,
    region as name
from deals
where region is not null
union
select
    'region' as by_column,
    region as name
from invoices
where region is not null
union
select
    'business_unit' as by_column,
    business_unit as name
from deals
where business_unit is not null
union
select
    'business_unit' as by_column,
    business_unit as name
from invoices
where business_unit is not null
order by
    by_column,
    name
