-- currencies: the currencies of deals that are open or won
-- grain: one row per currency
-- reads: deals
select distinct coalesce(currency, $company) as code
from deals
where
    status in ('open', 'won')
    and amount is not null
order by code
