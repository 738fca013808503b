-- known_events: which of some events stand in the audit trail, with their numbers
-- grain: one row per event
-- reads: audit
-- why:   what was taken over before a crash is not taken over again
select event_id, number
from audit
where event_id in (select value from json_each(:event_ids))
