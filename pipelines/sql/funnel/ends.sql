-- ends: the open pipeline on each of the two days
-- grain: one row
-- reads: funnel_states
select
    count(*) filter (was_status = 'open') as was_deals,
    coalesce(sum(was_amount) filter (was_status = 'open' and was_currency = $currency), 0)
        as was_amount,
    count(*) filter (is_status = 'open') as is_deals,
    coalesce(sum(is_amount) filter (is_status = 'open' and is_currency = $currency), 0)
        as is_amount,
    count(*) filter (is_status = 'open' and is_amount is null) as without_amount,
    count(*) filter (is_status = 'open' and is_currency <> $currency) as other_currency,
    count(*) filter (was_status = 'open' and not was_known) as reckoned,
    count(*) filter (created_on is null and was_status is null) as undated
from funnel_states
