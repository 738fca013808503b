-- letters: the letters about a meeting
-- grain: one row per kind and person, by name
-- reads: letters
select
    kind,
    name,
    address,
    sent_at,
    way,
    file,
    trouble
from letters
where meeting_id = $meeting_id
order by kind, name
