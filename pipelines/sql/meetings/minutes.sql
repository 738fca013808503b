-- minutes: the minutes of a meeting
-- grain: one row, or none
-- reads: minutes
select
    content
from minutes
where meeting_id = $meeting_id
