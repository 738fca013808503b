-- freshness: the newest import of each source and entity, and the newest thing its table holds
-- grain: one row per source and entity, freshest first
-- reads: imports and the canonical tables
-- why:   dates after today are plans; they say nothing about how fresh the data is. Files of one day
--        come in side by side: in which order they did says nothing
with events as (
    select
        source,
        'deals' as entity,
        greatest(
            max(created_on) filter (where created_on <= $today),
            max(closed_on) filter (where closed_on <= $today),
            max(updated_on::date) filter (where updated_on::date <= $today)
        ) as newest_event
    from deals
    group by source
    union all by name
    select
        source,
        'activities' as entity,
        greatest(
            max(done_on) filter (where done_on <= $today),
            max(planned_on) filter (where planned_on <= $today)
        ) as newest_event
    from activities
    group by source
    union all by name
    select
        source,
        'invoices' as entity,
        max(invoiced_on) filter (where invoiced_on <= $today) as newest_event
    from invoices
    group by source
    union all by name
    select
        source,
        'stage_entries' as entity,
        max(entered_on) filter (where entered_on <= $today) as newest_event
    from stage_entries
    group by source
    union all by name
    select
        imports.source,
        'kpi_entries' as entity,
        max(kpi_entries.start) filter (where kpi_entries.start <= $today) as newest_event
    from kpi_entries
    inner join imports on imports.import_id = kpi_entries.import_id
    group by imports.source
)
select
    imports.file_name,
    imports.source,
    imports.entity,
    imports.imported_at,
    imports.as_of,
    imports.rows_read,
    imports.rejected,
    -- a later file may have brought more since; least() would take a date over no date
    case
        when events.newest_event is not null then least(events.newest_event, imports.as_of)
    end as newest_event
from imports
left join events
    on events.source = imports.source
    and events.entity = imports.entity
where imports.as_of <= $today
qualify row_number() over (
    partition by imports.source, imports.entity
    order by imports.import_id desc
) = 1
order by
    imports.as_of desc,
    imports.entity,
    imports.source
