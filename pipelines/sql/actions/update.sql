-- update: an action after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update actions
set
    title = $title,
    owner = $owner,
    due_on = $due_on,
    kpi = $kpi,
    done_on = $done_on,
    priority_id = $priority_id,
    progress = $estimate,
    effect = $effect,
    lag_weeks = $lag_weeks,
    dropped_on = $dropped_on,
    version = $version
where action_id = $action_id
