-- last_change: who changed a thing last, and when
-- grain: one row, or none
-- reads: journal
select
    actor,
    changed_at
from journal
where subject = $subject
order by number desc
limit 1
