-- put_note: what is written down about a subject, new or changed
-- grain: one row
insert or replace into meeting_notes (
    meeting_id,
    subject,
    text,
    version,
    changed_at,
    author
)
values (
    $meeting_id,
    $subject,
    $text,
    $version,
    $changed_at,
    $author
)
