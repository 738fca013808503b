-- open_deals: deals that are open on a day, with the last move of their date to a later one
-- grain: one row per deal
-- reads: deal_versions, deals
-- why:   a deal is followed from export to export; amounts in another currency are not compared
with steps as (
    select
        source,
        external_id,
        valid_from,
        valid_to,
        owner,
        status,
        amount,
        currency,
        expected_close_on,
        lag(expected_close_on) over (
            partition by source, external_id
            order by valid_from, valid_to nulls last
        ) as before
    from deal_versions
    where valid_from <= $day
),

moves as (
    select
        source,
        external_id,
        max_by(before, valid_from) as before,
        max(valid_from) as moved_on
    from steps
    where expected_close_on > before
    group by source, external_id
)

select
    steps.source,
    steps.external_id,
    deals.name,
    steps.owner,
    steps.amount::double as amount,
    steps.expected_close_on,
    moves.before,
    moves.moved_on
from steps
inner join deals
    on steps.source = deals.source
    and steps.external_id = deals.external_id
left join moves
    on steps.source = moves.source
    and steps.external_id = moves.external_id
where
    steps.status = 'open'
    and (steps.valid_to is null or steps.valid_to > $day)
    and steps.expected_close_on is not null
    and steps.amount >= $amount
    and coalesce(steps.currency, $currency) = $currency
order by steps.source, steps.external_id
