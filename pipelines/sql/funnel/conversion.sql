-- conversion: of the deals that reached a stage and were finished in a year, how many were won
-- grain: one row per stage (empty: every finished deal) and owner
-- reads: deals, funnel_entries
-- why:   a deal that came back to a stage reached it once
with finished as (
    select
        deals.rowid as deal_number,
        deals.status = 'won' as is_won,
        coalesce(there.name, meant.name, deals.owner) as owner
    from deals
    left join (select unnest($written::text[]) as written, unnest($meant::text[]) as name) as meant
        on deals.owner = meant.written
    left join (
        select
            unnest($sources::text[]) as source,
            unnest($written_there::text[]) as written,
            unnest($meant_there::text[]) as name
    ) as there
        on deals.source = there.source
        and deals.owner = there.written
    where
        deals.status in ('won', 'lost')
        and deals.closed_on > $as_of::date - 365
        and deals.closed_on <= $as_of
),

reached as (
    select distinct
        deal_number,
        stage
    from funnel_entries
    where
        not is_open
        and closed_on > $as_of::date - 365
)

select
    '' as stage,
    owner,
    count(*) as finished,
    count(*) filter (is_won) as won
from finished
group by owner
union all
select
    reached.stage,
    finished.owner,
    count(*) as finished,
    count(*) filter (finished.is_won) as won
from reached
inner join finished on reached.deal_number = finished.deal_number
group by
    reached.stage,
    finished.owner
