-- concerns: whom the points of an agenda concern
-- grain: one row per point and name
-- reads: agenda_concerns, agenda_items
select
    agenda_concerns.item_id,
    agenda_concerns.name
from agenda_concerns
inner join agenda_items
    on agenda_concerns.item_id = agenda_items.item_id
where agenda_items.meeting_id = $meeting_id
order by
    agenda_concerns.item_id,
    agenda_concerns.name
