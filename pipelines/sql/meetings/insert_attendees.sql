-- insert_attendees: who is invited to a new meeting
-- grain: one row per person
insert into attendance (meeting_id, name, version)
select
    $meeting_id,
    unnest($names::text[]),
    1
