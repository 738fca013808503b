-- next_id: the number of the next plan
-- grain: one row
-- reads: plans
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(plan_id), 0) + 1 as plan_id
from plans
