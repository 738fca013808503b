-- silence: the last thing that happened in some tables, and how long nothing did before that
-- grain: one row; null days where nothing ever happened
-- reads: deals, activities, invoices and stage_entries
-- why:   an old export that is taken in today says nothing about the months after its last row; a
--        plan is no event: it may lie after the export
with events as (
    select unnest([created_on, closed_on, updated_on::date]) as day
    from deals
    where list_contains($tables, 'deals')
    union all
    select coalesce(done_on, case when outcome <> 'planned' then planned_on end) as day
    from activities
    where list_contains($tables, 'activities')
    union all
    select invoiced_on as day
    from invoices
    where list_contains($tables, 'invoices')
    union all
    select entered_on as day
    from stage_entries
    where list_contains($tables, 'stage_entries')
),
days as (
    select distinct day
    from events
    where day <= $until
),
pauses as (
    select
        day,
        day - lag(day) over (order by day) as pause
    from days
    where day > (select max(day) - 365 from days)
)
select
    max(day) as newest,
    count(*) as days,
    max(pause) as longest
from pauses
