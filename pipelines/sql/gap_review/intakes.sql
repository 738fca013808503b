-- intakes: the files that were taken in after a moment, up to another, and brought something
-- grain: one row per import, oldest first
-- reads: imports
-- why:   a file that was taken in a second time says nothing new
select
    file_name,
    source,
    entity,
    imported_at,
    added,
    changed,
    rejected
from imports
where
    imported_at > $since
    and imported_at <= $until
    and added + changed + rejected > 0
order by import_id
