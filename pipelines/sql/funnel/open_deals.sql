-- open_deals: every deal that is open on the later day, and what may be wrong with it
-- grain: one row per deal
-- reads: funnel_states, funnel_rhythm, funnel_entries, former_deals, activities
-- why:   a deal stands in its stage since it entered it; where only an earlier stage is dated, its time
--        since then is compared with the time that won deals took from there to the end; $ahead is the
--        last day that the files of activities tell about
create or replace temp table funnel_open as
with entries as (
    select
        deal_number,
        max(entered_on) as entered_on,
        arg_max(stage, entered_on) as stage
    from funnel_entries
    where is_open
    group by deal_number
),

touches as (
    select
        states.deal_number,
        max(done_on) filter (outcome = 'done' and done_on <= $as_of) as last_on,
        min(coalesce(planned_on, done_on)) filter (
            outcome is distinct from 'cancelled'
            and coalesce(planned_on, done_on) >= $ahead
            and coalesce(done_on > $as_of, true)
        ) as next_on
    from activities
    inner join funnel_states as states
        on activities.deal = states.external_id
    where
        activities.source in (states.source)  -- for those found: one key is found faster than two
        and states.is_status = 'open'
    group by states.deal_number
),

dates as (
    select
        states.deal_number,
        former_deals.valid_from,
        former_deals.expected_close_on as close_on
    from former_deals
    inner join funnel_states as states
        on former_deals.source = states.source
        and former_deals.external_id = states.external_id
    where
        former_deals.valid_from <= $as_of
        and states.is_status = 'open'
    union all
    select
        deal_number,
        date '9999-12-31' as valid_from,
        is_close_on as close_on
    from funnel_states
    where is_status = 'open'
),

steps as (
    select
        *,
        lead(close_on) over (partition by deal_number order by valid_from) as later
    from dates
),

slips as (
    select
        deal_number,
        count(*) as times,
        arg_min(close_on, valid_from) as first_close_on
    from steps
    where later > close_on
    group by deal_number
),

placed as (
    select
        states.deal_number,
        states.source,
        states.external_id,
        states.name,
        states.account,
        states.owner,
        states.is_stage as stage,
        states.is_amount as amount,
        states.is_currency as currency,
        case when states.is_currency = $currency then states.is_amount end as money,
        states.created_on,
        states.is_close_on as close_on,
        states.file_name,
        states.file_line,
        touches.last_on,
        touches.next_on,
        coalesce(slips.times, 0) as slips,
        slips.first_close_on,
        coalesce(states.was_status = 'open' and states.is_close_on > states.was_close_on, false)
            as slipped_now,
        case
            when
                states.was_status = 'open'
                and states.was_currency = states.is_currency
                and states.was_amount > 0
                and states.is_amount < states.was_amount
                then 1 - states.is_amount / states.was_amount
            else 0
        end as shrunk,
        coalesce(states.is_close_on < $as_of, false) as is_past,
        touches.next_on is null as lacks_step,
        entries.stage as entered_stage,
        case
            when here.stage is not null and entries.stage = states.is_stage then 'stage'
            when here.stage is not null then 'since'
            when life.stage is not null and states.created_on is not null then 'life'
        end as basis,
        case basis
            when 'stage' then here.days_there
            when 'since' then here.days_to_win
            when 'life' then life.days_to_win
        end as usual_days,
        case
            when basis = 'life' then $as_of::date - states.created_on
            when basis is not null then $as_of::date - entries.entered_on
        end as days
    from funnel_states as states
    left join entries on states.deal_number = entries.deal_number
    left join touches on states.deal_number = touches.deal_number
    left join slips on states.deal_number = slips.deal_number
    left join funnel_rhythm as here on entries.stage = here.stage
    left join funnel_rhythm as life on life.stage = ''
    where states.is_status = 'open'
)

select
    *,
    coalesce(days > usual_days, false)
    and next_on is null
    and coalesce(last_on < $ahead::date - $quiet::integer, true) as is_stalled
from placed
