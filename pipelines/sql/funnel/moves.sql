-- moves: what moved between the two days; what a deal adds to the amount, and what else became of it
-- grain: one row per deal and change; a deal may be listed under several, of which one adds amount
-- reads: funnel_states, funnel_transitions
create or replace temp table funnel_moves as
with priced as (
    select
        deal_number,
        was_status,
        is_status,
        was_currency,
        is_currency,
        was_close_on,
        is_close_on,
        was_stage,
        is_stage,
        case when was_currency = $currency then was_amount end as was_money,
        case when is_currency = $currency then is_amount end as is_money,
        coalesce(was_status = 'open', false) as was_open,
        coalesce(is_status = 'open', false) as is_open,
        coalesce(is_money, 0) - coalesce(was_money, 0) as difference,
        case when was_open and not is_open then was_money else is_money end as worth
    from funnel_states
),

ended as (
    select
        *,
        case is_status
            when 'won' then 'won'
            when 'lost' then 'lost'
            when 'vanished' then 'vanished'
            else 'ended'
        end as ending
    from priced
    where not is_open
),

moves as (
    select
        *,
        case when was_status is null then 'created' else 'reopened' end as change,
        coalesce(is_money, 0) as added
    from priced
    where is_open and not was_open
    union all by name
    select
        * exclude (ending),
        'created' as change,
        coalesce(is_money, 0) as added
    from ended
    where not was_open
    union all by name
    select
        * exclude (ending),
        ending as change,
        -coalesce(case when was_open then was_money else is_money end, 0) as added
    from ended
    union all by name
    select
        *,
        case
            when was_currency <> is_currency then 'restated'
            when difference > 0 then 'grown'
            else 'shrank'
        end as change,
        difference as added
    from priced
    where was_open and is_open and (difference <> 0 or was_currency <> is_currency)
    union all by name
    select
        priced.*,
        unnest(
            list_filter(
                [
                    case when is_close_on > was_close_on then 'slipped' end,
                    case when is_close_on < was_close_on then 'brought_forward' end,
                    case
                        when coalesce(was_stage = is_stage, true) then null
                        when coalesce(forth.times, 0) >= coalesce(back.times, 0) then 'advanced'
                        else 'moved_back'
                    end
                ],
                lambda one: one is not null
            )
        ) as change,
        0 as added
    from priced
    left join funnel_transitions as forth
        on was_stage = forth.stage
        and is_stage = forth.next_stage
    left join funnel_transitions as back
        on is_stage = back.stage
        and was_stage = back.next_stage
    where was_open and is_open
)

select
    deal_number,
    change,
    added,
    worth
from moves
