-- next_id: the number of the next good practice
-- grain: one row
-- reads: practices
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(practice_id), 0) + 1 as practice_id
from practices
