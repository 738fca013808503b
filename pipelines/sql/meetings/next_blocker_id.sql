-- next_blocker_id: the number of the next blocker
-- grain: one row
-- reads: blockers
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(blocker_id), 0) + 1 as blocker_id
from blockers
