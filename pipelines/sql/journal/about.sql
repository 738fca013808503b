-- about: the changes of one thing, oldest first
-- grain: one row per change
-- reads: journal
-- why:   what was decided otherwise later stays to be read
select number, event_id, changed_at, actor, what, subject, before, after
from journal
where subject = $subject
order by number
