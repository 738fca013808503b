-- head: a meeting without what is in it
-- grain: one row, or none
-- reads: meetings
select
    meeting_id,
    kind,
    purpose,
    held_on,
    chair,
    status,
    revision
from meetings
where meeting_id = $meeting_id
