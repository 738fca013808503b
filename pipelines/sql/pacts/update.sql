-- update: a pact after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update pacts
set
    trigger = $trigger,
    terms = $terms,
    decision = $decision,
    reflex = $reflex,
    ended_on = $ended_on,
    version = $version
where pact_id = $pact_id
