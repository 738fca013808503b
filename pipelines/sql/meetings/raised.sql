-- raised: the rule by which the product put a point on an agenda, which then became a blocker
-- grain: one row, or none: somebody put it there
-- reads: agenda_items
select reason
from agenda_items
where
    item_id = $item_id
    and raised_by is null
