-- put_blocker_note: what is written down about a blocker, new or changed
-- grain: one row
insert or replace into blocker_notes (
    blocker_id,
    step,
    text,
    version,
    changed_at,
    author
)
values (
    $blocker_id,
    $step,
    $text,
    $version,
    $changed_at,
    $author
)
