-- items: the points of an agenda
-- grain: one row per point, oldest first
-- reads: agenda_items
select
    item_id,
    section,
    title,
    kpi,
    action_id,
    raised_by,
    reason,
    closed,
    version
from agenda_items
where meeting_id = $meeting_id
order by item_id
