-- insert: a new pact
-- grain: one row
insert into pacts (pact_id, trigger, terms, decision, reflex, written_on, ended_on, version)
values ($pact_id, $trigger, $terms, $decision, $reflex, $written_on, $ended_on, $version)
