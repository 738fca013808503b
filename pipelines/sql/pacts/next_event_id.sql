-- next_event_id: the number of the next firing of a pact
-- grain: one row
-- reads: pact_events
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(event_id), 0) + 1 as event_id
from pact_events
