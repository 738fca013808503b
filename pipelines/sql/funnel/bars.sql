-- bars: how many deals changed in each way, what they are worth, and what that adds to the amount
-- grain: one row per change
-- reads: funnel_moves
select
    change,
    count(*) as deals,
    sum(added) as added,
    coalesce(sum(worth), 0) as worth,
    count(*) filter (worth is null) as without_amount
from funnel_moves
group by change
