-- newest: the last entry's number and hash, and the last number that was ever given
-- grain: one row
-- reads: audit, sqlite_sequence
-- why:   the next entry is sealed to it; a number given but gone was cut off
select
    coalesce(max(number), 0) as number,
    (select hash from audit order by number desc limit 1) as hash,
    coalesce((select seq from sqlite_sequence where name = 'audit'), 0) as given
from audit
