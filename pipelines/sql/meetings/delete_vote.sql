-- delete_vote: a vote that is taken back
-- grain: one row
delete from blocker_votes
where
    meeting_id = $meeting_id
    and blocker_id = $blocker_id
    and person = $person
