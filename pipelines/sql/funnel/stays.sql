-- stays: how long deals that were won in the two years before a day stood where they were
-- grain: one row per stage that a won deal entered; and one with an empty stage for its whole life
-- reads: deals, funnel_entries
create or replace temp table funnel_stays as
with entered as (
    select
        stage,
        entered_on,
        closed_on,
        lead(stage) over deal as next_stage,
        lead(entered_on) over deal as next_on
    from funnel_entries
    where is_won
    window deal as (
        partition by deal_number
        order by entered_on, stage
    )
)

select
    stage,
    next_stage,
    coalesce(next_on, closed_on) - entered_on as days_there,
    closed_on - entered_on as days_to_win
from entered
union all
select
    '' as stage,
    null as next_stage,
    closed_on - created_on as days_there,
    closed_on - created_on as days_to_win
from deals
where
    status = 'won'
    and closed_on > $as_of::date - 730
    and closed_on <= $as_of
    and created_on <= closed_on
