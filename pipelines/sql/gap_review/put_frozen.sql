-- put_frozen: the numbers of a gap review that is closed
-- grain: one row
insert into frozen_reviews (
    meeting_id,
    kind,
    starts_on,
    content
)
values (
    $meeting_id,
    'monthly',
    $starts_on,
    $content
)
