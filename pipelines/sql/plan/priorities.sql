-- priorities: the priorities of every plan, those that were taken out among them
-- grain: one row per priority, those that stand first, in their order
-- reads: priorities
select
    plan_id,
    priority_id,
    position,
    title,
    kpi,
    from_value,
    to_value,
    carried_from,
    dropped_on
from priorities
order by
    plan_id,
    dropped_on is not null,
    position,
    priority_id
