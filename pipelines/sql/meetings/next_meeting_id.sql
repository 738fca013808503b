-- next_meeting_id: the number of the next meeting
-- grain: one row
-- reads: meetings
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(meeting_id), 0) + 1 as meeting_id
from meetings
