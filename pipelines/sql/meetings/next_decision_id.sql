-- next_decision_id: the number of the next decision
-- grain: one row
-- reads: decisions
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(decision_id), 0) + 1 as decision_id
from decisions
