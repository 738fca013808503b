-- insert: a new action
-- grain: one row
insert into actions (
    action_id,
    title,
    owner,
    due_on,
    kpi,
    created_on,
    done_on,
    version,
    priority_id,
    progress,
    effect,
    lag_weeks,
    dropped_on,
    decision_id,
    carried_from,
    deal
)
values (
    $action_id,
    $title,
    $owner,
    $due_on,
    $kpi,
    $created_on,
    $done_on,
    $version,
    $priority_id,
    $estimate,
    $effect,
    $lag_weeks,
    $dropped_on,
    $decision_id,
    $carried_from,
    $deal
)
