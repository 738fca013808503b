-- stages: what the stages are called, in alphabetical order
-- grain: one row per stage
-- reads: stage_entries
select distinct stage
from stage_entries
order by stage
