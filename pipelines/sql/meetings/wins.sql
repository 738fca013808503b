-- wins: the good news of a meeting
-- grain: one row per win, oldest first
-- reads: wins
select
    win_id,
    text,
    person,
    practice_id,
    version
from wins
where meeting_id = $meeting_id
order by win_id
