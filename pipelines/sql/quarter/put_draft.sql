-- put_draft: keep what is to come out of a quarterly review, or what did
-- grain: one row
-- reads: nothing
insert or replace into next_quarters (
    meeting_id,
    draft,
    adopted_by,
    adopted_at,
    version
)
values (
    $meeting_id,
    $draft,
    $adopted_by,
    $adopted_at,
    $version
)
