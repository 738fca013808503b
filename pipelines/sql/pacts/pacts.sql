-- pacts: every pact, oldest first
-- grain: one row per pact
-- reads: pacts
select
    pact_id,
    trigger,
    terms,
    decision,
    reflex,
    written_on,
    ended_on,
    version
from pacts
order by pact_id
