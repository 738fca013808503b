-- sections: the agenda of a meeting
-- grain: one row per section, in their order
-- reads: agenda_sections
select
    position,
    kind,
    title,
    minutes
from agenda_sections
where meeting_id = $meeting_id
order by position
