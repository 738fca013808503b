-- rename_in_pact_events: a person's new name, wherever pact events name them
-- grain: one row per place
-- reads: pact_events
update pact_events
set answered_by = $name
where answered_by = $former
