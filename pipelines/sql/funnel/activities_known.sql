-- activities_known: what the files tell about activities of deals
-- grain: one row
-- reads: activities
-- why:   one that is found is enough
select
    exists(
        from activities
        where deal is not null and outcome = 'done'
    ) as has_done,
    exists(
        from activities
        where
            deal is not null
            and (planned_on >= $ahead or (planned_on is null and done_on >= $ahead))
            and outcome is distinct from 'cancelled'
    ) as has_planned
