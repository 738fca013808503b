-- rename_in_agenda_concerns: a person's new name, wherever a point concerns them
-- grain: one row per place
-- reads: agenda_concerns
-- why:   where something stands under the new name already, both stay
update agenda_concerns
set name = $name
where
    name = $former
    and not exists (
        from agenda_concerns as same
        where
            same.item_id = agenda_concerns.item_id
            and same.name = $name
    )
