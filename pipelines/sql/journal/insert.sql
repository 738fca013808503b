-- insert: write one change down
-- grain: one row
-- reads: journal
-- why:   numbers are taken inside the write gate, so no two writers meet here
insert into journal (number, event_id, changed_at, actor, what, subject, before, after)
select coalesce(max(number), 0) + 1, $event_id, $changed_at, $actor, $what, $subject, $before, $after
from journal
