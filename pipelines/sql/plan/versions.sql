-- versions: what every plan was after each change
-- grain: one row per plan and version, oldest first
-- reads: plan_versions, plans
select
    plan_versions.plan_id,
    plans.person,
    plan_versions.version,
    plan_versions.happened_on,
    plan_versions.happened_at,
    plan_versions.author,
    plan_versions.kind,
    plan_versions.reason,
    plan_versions.state
from plan_versions
inner join plans using (plan_id)
order by
    plan_versions.plan_id,
    plan_versions.version
