-- import_days: the days on which exports of deals were taken in, newest first
-- grain: one row per day
-- reads: imports
select distinct as_of
from imports
where
    entity = 'deals'
    and as_of <= $as_of
order by as_of desc
