-- transitions: which stage open deals go to from another, as often as they did in a year or between
--              the two days
-- grain: one row per pair of stages
-- reads: former_deals, funnel_states, funnel_stays
-- why:   no export says in which order its stages stand; deals do, most of the time
create or replace temp table funnel_transitions as
with versions as (
    select
        stage,
        lead(stage) over (partition by source, external_id order by valid_from) as next_stage
    from former_deals
    where
        status = 'open'
        and valid_from > $as_of::date - 365
        and valid_from <= $as_of
),

pairs as (
    select stage, next_stage
    from versions
    union all by name
    select was_stage as stage, is_stage as next_stage
    from funnel_states
    where
        was_status = 'open'
        and is_status = 'open'
    union all by name
    select stage, next_stage
    from funnel_stays
)

select
    stage,
    next_stage,
    count(*) as times
from pairs
where stage <> next_stage
group by stage, next_stage
