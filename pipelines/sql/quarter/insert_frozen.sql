-- insert_frozen: keep a quarterly review as it is seen when it closes
-- grain: one row
-- reads: nothing
insert into frozen_reviews (
    meeting_id,
    kind,
    starts_on,
    content
)
values (
    $meeting_id,
    'quarterly',
    $starts_on,
    $content
)
