-- entries: the days on which deals entered stages, in numbers
-- grain: one row per entry
-- reads: stage_entries
-- why:   the numbers of the stages are their places in stages.sql, from 1
select
    hash(stage_entries.source, stage_entries.deal) as key,
    stages.number::integer as stage,
    (stage_entries.entered_on - date '1970-01-01')::integer as entered
from stage_entries
inner join (
    select
        stage,
        row_number() over (order by stage) as number
    from (select distinct stage from stage_entries)
) as stages on stages.stage = stage_entries.stage
