-- insert: a new experiment
-- grain: one row
insert into experiments (
    experiment_id,
    title,
    hypothesis,
    kpi,
    owner,
    starts_on,
    effect,
    lag_weeks,
    ended_on,
    outcome,
    conclusion,
    practice_id,
    version
)
values (
    $experiment_id,
    $title,
    $hypothesis,
    $kpi,
    $owner,
    $starts_on,
    $effect,
    $lag_weeks,
    $ended_on,
    $outcome,
    $conclusion,
    $practice_id,
    $version
)
