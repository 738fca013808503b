-- update: an experiment after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update experiments
set
    title = $title,
    hypothesis = $hypothesis,
    kpi = $kpi,
    owner = $owner,
    starts_on = $starts_on,
    effect = $effect,
    lag_weeks = $lag_weeks,
    ended_on = $ended_on,
    outcome = $outcome,
    conclusion = $conclusion,
    practice_id = $practice_id,
    version = $version
where experiment_id = $experiment_id
