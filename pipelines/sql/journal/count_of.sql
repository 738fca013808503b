-- count_of: how many changes of a kind there were
-- grain: one row
-- reads: journal
-- why:   it only grows, so that it tells a newer version from an older one
select count(*) as changes
from journal
where what = $what
