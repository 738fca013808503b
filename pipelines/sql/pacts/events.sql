-- events: how often pacts fired, and what became of it; oldest first
-- grain: one row per pact and what made it fire
-- reads: pact_events
select
    event_id,
    pact_id,
    fired_on,
    subject,
    facts,
    kept,
    note,
    answered_by,
    answered_on,
    version
from pact_events
order by event_id
