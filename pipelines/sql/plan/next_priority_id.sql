-- next_priority_id: the number of the next priority
-- grain: one row
-- reads: priorities
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(priority_id), 0) + 1 as priority_id
from priorities
