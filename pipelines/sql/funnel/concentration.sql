-- concentration: how much of the open amount the largest deals and accounts hold
-- grain: two rows, one for deals, one for accounts
-- reads: funnel_open
-- why:   a deal that names no account is one by itself
with deals as (
    select money
    from funnel_open
    where money > 0
),

accounts as (
    select sum(money) as money
    from funnel_open
    where money > 0
    group by coalesce('account ' || account, 'deal ' || source || ' ' || external_id)
),

holders as (
    select 'deals' as what, money from deals
    union all
    select 'accounts' as what, money from accounts
),

ranked as (
    select
        what,
        money,
        row_number() over (partition by what order by money desc) as place,
        sum(money) over (partition by what) as whole,
        sum(money) over (
            partition by what
            order by money desc
            rows between unbounded preceding and current row
        ) as so_far
    from holders
)

select
    what,
    count(*) as members,
    max(whole) as whole,
    max(money) as largest,
    sum(money) filter (place <= 3) as three_largest,
    count(*) filter (so_far - money < whole / 2) as for_half
from ranked
group by what
order by what desc
