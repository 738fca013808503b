-- insert_event: a pact fired
-- grain: one row
-- why:   for each subject once, whoever looked at the same time
insert into pact_events (
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
)
values ($event_id, $pact_id, $fired_on, $subject, $facts, null, null, null, null, 1)
