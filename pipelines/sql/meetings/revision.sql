-- revision: what open pages compare: it grows with the meeting and with every action
-- grain: one row, or none
-- reads: meetings, action_events
-- why:   actions that are ticked off elsewhere are shown in the meeting too
select
    meetings.revision + (select count(*) from action_events) as revision
from meetings
where meetings.meeting_id = $meeting_id
