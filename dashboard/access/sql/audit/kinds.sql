-- kinds: every kind of change there was
-- grain: one row per kind
-- reads: audit
-- why:   the filter offers them
select distinct what
from audit
order by what
