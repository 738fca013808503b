-- next_one_to_one_id: the number of the next one-to-one conversation
-- grain: one row
-- reads: one_to_ones
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(one_to_one_id), 0) + 1 as one_to_one_id
from one_to_ones
