-- next_id: the number of the next experiment
-- grain: one row
-- reads: experiments
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(experiment_id), 0) + 1 as experiment_id
from experiments
