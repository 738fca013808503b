-- moved_deals: the largest deals behind each change, as far as somebody may see them
-- grain: one row per change and deal
-- reads: funnel_moves
select
    change,
    source,
    external_id,
    name,
    account,
    owner,
    is_stage,
    coalesce(case when is_open then is_amount end, was_amount, is_amount) as amount,
    coalesce(case when is_open then is_currency end, was_currency, is_currency) as currency,
    created_on,
    coalesce(is_close_on, was_close_on) as expected_close_on,
    file_name,
    file_line,
    was_stage,
    case when was_open then was_amount end as was_amount,
    was_close_on,
    added
from funnel_moves
where
    $owners::text[] is null
    or list_contains($owners::text[], owner)
qualify
    row_number() over (
        partition by change
        order by greatest(abs(added), coalesce(worth, 0)) desc, source, external_id
    ) <= $listed
order by
    change,
    greatest(abs(added), coalesce(worth, 0)) desc,
    source,
    external_id
