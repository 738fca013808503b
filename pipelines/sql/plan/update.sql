-- update: a plan after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update plans
set
    starts_on = $starts_on,
    ends_on = $ends_on,
    status = $status,
    terms = $terms,
    version = $version
where plan_id = $plan_id
