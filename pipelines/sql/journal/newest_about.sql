-- newest_about: the number of the last change of some kinds of things, 0 before the first
-- grain: one row
-- reads: journal
-- why:   what is computed from these things alone is computed anew only when they change
select coalesce(max(number), 0) as number
from journal
where list_contains($kinds, split_part(what, '.', 1))
