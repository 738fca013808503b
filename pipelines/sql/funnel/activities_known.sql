-- activities_known: what the files tell about activities of deals
-- grain: one row
-- reads: activities
select
    coalesce(bool_or(deal is not null and outcome = 'done'), false) as has_done,
    coalesce(
        bool_or(
            deal is not null
            and coalesce(planned_on, done_on) >= $ahead
            and outcome is distinct from 'cancelled'
        ),
        false
    ) as has_planned
from activities
