-- rename_in_action_events: a person's new name in what the history says about handing over
-- grain: one row per event
-- reads: action_events
-- why:   what an action was on an earlier day is told from these
update action_events
set
    before = case when before = $former then $name else before end,
    after = case when after = $former then $name else after end
where
    kind = 'assigned'
    and (before = $former or after = $former)
