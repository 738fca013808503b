-- open_owners: who has open deals, as the files write them
-- grain: one row per source and written name
-- reads: deals
select distinct
    source,
    owner
from deals
where
    status = 'open'
    and vanished_on is null
    and owner is not null
