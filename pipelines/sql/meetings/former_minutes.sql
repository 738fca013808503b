-- former_minutes: the minutes of closed meetings of a kind before a day
-- grain: one row per meeting, newest first
-- reads: minutes, meetings
select
    minutes.content
from minutes
inner join meetings
    on minutes.meeting_id = meetings.meeting_id
where
    meetings.kind = $kind
    and meetings.held_on < $day
order by
    meetings.held_on desc
limit $most
