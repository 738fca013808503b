-- newest_change: the last change of something that pacts look at
-- grain: one row
-- reads: journal
-- why:   only then may another pact fire, or none any more
select coalesce(max(number), 0) as number
from journal
where split_part(what, '.', 1) in ('import', 'entry', 'target', 'limits', 'kpi', 'pact', 'backup')
