-- delete_concerns: whom a point concerned
-- grain: one row per name
delete from agenda_concerns
where item_id = $item_id
