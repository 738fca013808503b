-- after: the entries that follow a number, oldest first
-- grain: one row per entry
-- reads: audit
-- why:   the chain is checked from its beginning, a piece at a time
select number, event_id, journal_number, at, actor, what, subject, before, after, hash
from audit
where number > :number
order by number
limit :limit
