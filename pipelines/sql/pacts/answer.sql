-- answer: whether a pact was kept when it fired
-- grain: one row
update pact_events
set
    kept = $kept,
    note = $note,
    answered_by = $answered_by,
    answered_on = $answered_on,
    version = $version
where event_id = $event_id
