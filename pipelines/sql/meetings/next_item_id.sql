-- next_item_id: the number of the next point
-- grain: one row
-- reads: agenda_items
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(item_id), 0) + 1 as item_id
from agenda_items
