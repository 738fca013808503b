-- last_taken_over: the newest change of the journal that stands in the audit trail
-- grain: at most one row
-- reads: audit
-- why:   taking over goes on from there
select journal_number, event_id
from audit
where journal_number is not null
order by number desc
limit 1
