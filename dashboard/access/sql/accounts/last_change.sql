-- last_change: who changed an account last
-- grain: one row, or none
-- reads: audit
-- why:   two people at the same form learn of each other
select actor, at
from audit
where subject = $subject and substr(what, 1, 8) = 'account.'
order by number desc
limit 1
