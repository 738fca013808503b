-- put_section: a section of an agenda, new or changed
-- grain: one row
insert or replace into agenda_sections (
    meeting_id,
    position,
    kind,
    title,
    minutes
)
values (
    $meeting_id,
    $position,
    $kind,
    $title,
    $minutes
)
