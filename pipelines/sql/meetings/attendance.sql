-- attendance: who is invited to a meeting
-- grain: one row per person
-- reads: attendance
select
    name,
    presence,
    version
from attendance
where meeting_id = $meeting_id
order by name
