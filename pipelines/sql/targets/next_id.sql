-- next_id: the number of the next target
-- grain: one row
-- reads: targets
-- why:   writes pass one gate, so nobody else takes the same number
select coalesce(max(target_id), 0) + 1 as target_id
from targets
