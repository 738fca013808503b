-- moved_deals: the largest deals behind each change, as far as somebody may see them
-- grain: one row per change and deal
-- reads: funnel_moves, funnel_states
-- why:   they are put in order by a few columns, and the others are looked up for those that are left
with ranked as (
    select
        moves.deal_number,
        moves.change,
        moves.added,
        greatest(abs(moves.added), coalesce(moves.worth, 0)) as weight,
        states.source,
        states.external_id
    from funnel_moves as moves
    inner join funnel_states as states on moves.deal_number = states.deal_number
    where
        $owners::text[] is null
        or list_contains($owners::text[], states.owner)
    qualify
        row_number() over (
            partition by moves.change
            order by weight desc, states.source, states.external_id
        ) <= $listed
)

select
    ranked.change,
    states.source,
    states.external_id,
    states.name,
    states.account,
    states.owner,
    states.is_stage,
    coalesce(
        case when states.is_status = 'open' then states.is_amount end,
        states.was_amount,
        states.is_amount
    ) as amount,
    coalesce(
        case when states.is_status = 'open' then states.is_currency end,
        states.was_currency,
        states.is_currency
    ) as currency,
    states.created_on,
    coalesce(states.is_close_on, states.was_close_on) as expected_close_on,
    states.file_name,
    states.file_line,
    states.was_stage,
    case when states.was_status = 'open' then states.was_amount end as was_amount,
    states.was_close_on,
    ranked.added
from ranked
inner join funnel_states as states on ranked.deal_number = states.deal_number
order by
    ranked.change,
    ranked.weight desc,
    ranked.source,
    ranked.external_id
