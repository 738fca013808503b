-- ratings: how people found a meeting
-- grain: one row per person
-- reads: ratings
select
    person,
    score,
    comment
from ratings
where meeting_id = $meeting_id
order by person
