-- plans: every plan as it is now
-- grain: one row per plan, oldest first
-- reads: plans
select
    plan_id,
    person,
    starts_on,
    ends_on,
    status,
    carried_from,
    terms,
    version
from plans
order by plan_id
