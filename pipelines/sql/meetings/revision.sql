-- revision: what open pages compare: it grows with the meeting, every action and every pact
-- grain: one row, or none
-- reads: meetings, action_events, pact_events
-- why:   actions that are ticked off elsewhere are shown in the meeting too, as are pacts
select
    meetings.revision
    + (select count(*) from action_events)
    + (select coalesce(sum(version), 0) from pact_events) as revision
from meetings
where meetings.meeting_id = $meeting_id
