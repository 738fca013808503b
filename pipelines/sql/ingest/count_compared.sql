-- count_compared: what becomes of the incoming rows
-- grain: one row
-- reads: compared
select
    count(*) filter (where not is_known) as added,
    count(*) filter (where is_changed) as changed,
    count(*) filter (where is_known and not is_changed) as unchanged
from compared
