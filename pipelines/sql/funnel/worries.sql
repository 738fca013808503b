-- worries: the largest open deals that each thing is wrong with, as far as somebody may see them
-- grain: one row per worry and deal
-- reads: funnel_open
with worries as (
    select
        *,
        unnest(
            list_filter(
                [
                    case when is_stalled then 'stalled' end,
                    case when lacks_step then 'no_step' end,
                    case when is_past then 'past' end
                ],
                lambda one: one is not null
            )
        ) as worry
    from funnel_open
)

select
    worry,
    source,
    external_id,
    name,
    account,
    owner,
    stage,
    amount,
    currency,
    created_on,
    close_on,
    file_name,
    file_line,
    days,
    usual_days,
    basis,
    entered_stage,
    last_on
from worries
where
    $owners::text[] is null
    or list_contains($owners::text[], owner)
qualify
    row_number() over (partition by worry order by money desc nulls last, source, external_id)
    <= $listed
order by
    worry,
    money desc nulls last,
    source,
    external_id
