-- all_minutes: the minutes of every closed meeting
-- grain: one row per meeting
-- reads: minutes
select
    meeting_id,
    content
from minutes
