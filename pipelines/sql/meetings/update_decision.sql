-- update_decision: a decision in other words
-- grain: one row
update decisions
set
    text = $text,
    version = $version
where decision_id = $decision_id
