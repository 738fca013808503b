-- priority: whose plan a priority belongs to
-- grain: one row, or none
-- reads: priorities, plans
select
    priorities.priority_id,
    plans.person
from priorities
inner join plans using (plan_id)
where
    priorities.priority_id = $priority_id
    and priorities.dropped_on is null
