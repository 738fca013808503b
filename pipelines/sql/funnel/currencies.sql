-- currencies: in which currencies the deals of the two days are
-- grain: one row per currency, the most frequent first
-- reads: funnel_states
select
    code,
    sum(deals)::bigint as deals
from (
    select
        unnest(list_distinct([was_currency, is_currency])) as code,
        count(*) as deals
    from funnel_states
    group by
        was_currency,
        is_currency
)
group by code
order by deals desc, code
