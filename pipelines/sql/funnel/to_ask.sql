-- to_ask: the deals that questions are worth asking about, those with the most at stake first
-- grain: one row per deal
-- reads: funnel_open, funnel_moves, funnel_states
-- why:   a deal that merely has no next step comes after those that something has happened to
with troubled as (
    select
        source,
        external_id,
        name,
        account,
        owner,
        stage,
        amount,
        currency,
        money,
        created_on,
        close_on,
        file_name,
        file_line,
        days,
        usual_days,
        basis,
        entered_stage,
        last_on,
        slips,
        first_close_on,
        slipped_now or slips > 1 as is_slipping,
        is_stalled,
        is_past,
        lacks_step,
        shrunk,
        false as is_vanished
    from funnel_open
    union all by name
    select
        states.source,
        states.external_id,
        states.name,
        states.account,
        states.owner,
        states.was_stage as stage,
        states.was_amount as amount,
        states.was_currency as currency,
        moves.worth as money,
        states.created_on,
        states.was_close_on as close_on,
        states.file_name,
        states.file_line,
        0 as slips,
        false as is_slipping,
        false as is_stalled,
        false as is_past,
        false as lacks_step,
        0 as shrunk,
        true as is_vanished
    from funnel_moves as moves
    inner join funnel_states as states on moves.deal_number = states.deal_number
    where moves.change = 'vanished'
),

ranked as (
    select
        *,
        is_slipping or is_stalled or is_past or is_vanished or shrunk >= $shrunk as has_trouble
    from troubled
)

select * exclude (money, has_trouble)
from ranked
where
    (has_trouble or (lacks_step and $steps_are_known))
    and ($owners::text[] is null or list_contains($owners::text[], owner))
order by
    has_trouble desc,
    money desc nulls last,
    source,
    external_id
limit $asked
