-- worries: the largest open deals that each thing is wrong with, as far as somebody may see them
-- grain: one row per worry and deal
-- reads: funnel_open
-- why:   they are put in order by a few columns, and the others are looked up for those that are left
with worries as (
    select
        deal_number,
        source,
        external_id,
        money,
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
    where
        $owners::text[] is null
        or list_contains($owners::text[], owner)
),

ranked as (
    select
        worry,
        deal_number,
        money,
        source,
        external_id
    from worries
    qualify
        row_number() over (partition by worry order by money desc nulls last, source, external_id)
        <= $listed
)

select
    ranked.worry,
    deals.source,
    deals.external_id,
    deals.name,
    deals.account,
    deals.owner,
    deals.stage,
    deals.amount,
    deals.currency,
    deals.created_on,
    deals.close_on,
    deals.file_name,
    deals.file_line,
    deals.days,
    deals.usual_days,
    deals.basis,
    deals.entered_stage,
    deals.last_on
from ranked
inner join funnel_open as deals on ranked.deal_number = deals.deal_number
order by
    ranked.worry,
    ranked.money desc nulls last,
    ranked.source,
    ranked.external_id
