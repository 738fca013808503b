-- actors: everybody who ever changed something
-- grain: one row per name
-- reads: audit
-- why:   the filter offers them
select distinct actor
from audit
where actor is not null
order by actor
