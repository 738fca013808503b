-- insert_sections: the agenda of a new meeting
-- grain: one row per section
insert into agenda_sections (meeting_id, position, kind, title, minutes)
select
    $meeting_id,
    unnest($positions::integer[]),
    unnest($kinds::text[]),
    unnest($titles::text[]),
    unnest($minutes::integer[])
