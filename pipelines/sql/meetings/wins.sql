-- wins: the good news of a meeting
-- grain: one row per win that nobody took back, oldest first
-- reads: wins
select
    win_id,
    text,
    person,
    practice_id,
    author,
    version
from wins
where
    meeting_id = $meeting_id
    and not taken_back
order by win_id
