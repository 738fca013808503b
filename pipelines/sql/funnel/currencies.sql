-- currencies: in which currencies the deals of the two days are
-- grain: one row per currency, the most frequent first
-- reads: funnel_states
select
    code,
    count(*) as deals
from (
    select unnest(list_distinct([was_currency, is_currency])) as code
    from funnel_states
)
group by code
order by deals desc, code
