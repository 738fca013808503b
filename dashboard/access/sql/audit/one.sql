-- one: an entry by its number
-- grain: one row
-- reads: audit
-- why:   a former value is restored from it
select number, event_id, journal_number, at, actor, what, subject, before, after, hash
from audit
where number = :number
