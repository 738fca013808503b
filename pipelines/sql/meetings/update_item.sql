-- update_item: a point after a change
-- grain: one row
-- why:   the caller has read it in the same transaction
update agenda_items
set
    section = $section,
    title = $title,
    closed = $closed,
    version = $version
where item_id = $item_id
