-- delete_item: a point that the product put on an agenda and takes back
-- grain: one row
-- why:   a number that is on target again by the day of the meeting is no point any more
delete from agenda_items
where item_id = $item_id
