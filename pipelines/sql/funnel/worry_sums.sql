-- worry_sums: how many open deals each thing is wrong with, and what they are worth
-- grain: one row
-- reads: funnel_open
-- why:   over all deals, also those that somebody may not see: what is not shown is not none
select
    count(*) filter (is_stalled) as stalled,
    coalesce(sum(money) filter (is_stalled), 0) as stalled_worth,
    count(*) filter (lacks_step) as no_step,
    coalesce(sum(money) filter (lacks_step), 0) as no_step_worth,
    count(*) filter (is_past) as past,
    coalesce(sum(money) filter (is_past), 0) as past_worth
from funnel_open
