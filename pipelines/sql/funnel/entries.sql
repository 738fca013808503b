-- entries: when the deals that a review looks at entered their stages
-- grain: one row per deal and entry
-- reads: stage_entries, deals, funnel_states, imports
-- why:   the largest table is read once; deals go by their place in theirs, which is quick to compare.
--        The stage that a deal ended in is no place to wait in. Entries that were inferred leave out
--        deals that were there before the first export, so that in its first year only those that
--        were finished soon would count
create or replace temp table funnel_entries as
with wanted as (
    select
        rowid as deal_number,
        false as is_open,
        source,
        external_id,
        stage as last_stage,
        closed_on,
        status = 'won' as is_won
    from deals
    where
        closed_on > $as_of::date - case when status = 'won' then 730 else 365 end
        and closed_on <= $as_of
        and status in ('won', 'lost')
    union all
    select
        deal_number,
        true as is_open,
        source,
        external_id,
        null as last_stage,
        null as closed_on,
        false as is_won
    from funnel_states
    where is_status = 'open'
),

long_followed as (
    select source
    from imports
    where entity = 'deals'
    group by source
    having min(as_of) <= $as_of::date - 365
)

select
    wanted.deal_number,
    wanted.is_open,
    wanted.closed_on,
    wanted.is_won,
    stage_entries.stage,
    stage_entries.entered_on
from stage_entries
inner join wanted
    on stage_entries.deal = wanted.external_id
where
    stage_entries.source in (wanted.source)  -- for those found: one key is found faster than two
    and stage_entries.entered_on <= coalesce(wanted.closed_on, $as_of)
    and stage_entries.stage is distinct from wanted.last_stage
    and (
        wanted.is_open
        or stage_entries.evidence = 'exported'
        or stage_entries.source in (from long_followed)
    )
