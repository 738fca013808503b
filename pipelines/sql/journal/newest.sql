-- newest: the number of the last change, 0 before the first
-- grain: one row
-- reads: journal
select coalesce(max(number), 0) as number
from journal;
