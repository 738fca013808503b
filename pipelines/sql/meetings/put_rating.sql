-- put_rating: how somebody found a meeting, new or changed
-- grain: one row
insert or replace into ratings (
    meeting_id,
    person,
    score,
    comment
)
values (
    $meeting_id,
    $person,
    $score,
    $comment
)
