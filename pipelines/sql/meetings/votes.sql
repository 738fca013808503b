-- votes: who voted for which blocker in a meeting
-- grain: one row per vote
-- reads: blocker_votes
select
    blocker_id,
    person
from blocker_votes
where meeting_id = $meeting_id
order by
    blocker_id,
    person
