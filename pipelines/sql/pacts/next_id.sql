-- next_id: the number of the next pact
-- grain: one row
-- reads: pacts
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(pact_id), 0) + 1 as pact_id
from pacts
