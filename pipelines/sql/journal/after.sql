-- after: the changes that follow a number, oldest first
-- grain: one row per change
-- reads: journal
-- why:   the audit trail takes over what it does not have yet
select number, event_id, changed_at, actor, what, subject, before, after
from journal
where number > $number
order by number
limit $limit
