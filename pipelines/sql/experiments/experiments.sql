-- experiments: every experiment, the newest start first
-- grain: one row per experiment
-- reads: experiments
select
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
from experiments
order by starts_on desc, experiment_id desc
