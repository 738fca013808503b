-- largest: the largest accounts among the open deals, as far as somebody may see their deals
-- grain: one row per account
-- reads: funnel_open
select
    account,
    count(*) as deals,
    sum(money) as amount
from funnel_open
where
    account is not null
    and ($owners::text[] is null or list_contains($owners::text[], owner))
group by account
having sum(money) > 0
order by
    amount desc,
    account
limit 5
