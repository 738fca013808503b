-- changes: how much happened to actions and pacts
-- grain: one row
-- reads: action_events, pact_events
-- why:   see revision
select
    (select count(*) from action_events)
    + (select coalesce(sum(version), 0) from pact_events) as changes
