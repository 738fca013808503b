-- delete_concern: somebody a point does not concern
-- grain: one row
delete from agenda_concerns
where
    item_id = $item_id
    and name = $name
