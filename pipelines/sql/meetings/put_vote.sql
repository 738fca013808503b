-- put_vote: a vote for a blocker
-- grain: one row
insert or ignore into blocker_votes (
    meeting_id,
    blocker_id,
    person
)
values (
    $meeting_id,
    $blocker_id,
    $person
)
