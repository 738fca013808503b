-- heads: every meeting without what is in it
-- grain: one row per meeting
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
order by
    held_on desc,
    meeting_id desc
