-- rename_in_agenda_items: a person's new name, wherever they raised a point
-- grain: one row per place
-- reads: agenda_items
update agenda_items
set raised_by = $name
where raised_by = $former
