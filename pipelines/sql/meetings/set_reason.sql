-- set_reason: why the product put a point on an agenda, counted anew
-- grain: one row
update agenda_items
set
    reason = $reason
where item_id = $item_id
