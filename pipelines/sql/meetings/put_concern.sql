-- put_concern: somebody a point concerns
-- grain: one row
insert or ignore into agenda_concerns (
    item_id,
    name
)
values (
    $item_id,
    $name
)
