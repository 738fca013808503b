-- invited_to: the meetings that somebody is invited to
-- grain: one row per meeting
-- reads: attendance
select distinct meeting_id
from attendance
where list_contains($names, name)
order by meeting_id
