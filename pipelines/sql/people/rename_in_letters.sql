-- rename_in_letters: a person's new name, wherever they were sent something
-- grain: one row per place
-- reads: letters
-- why:   where something stands under the new name already, both stay
update letters
set name = $name
where
    name = $former
    and not exists (
        from letters as same
        where
            same.meeting_id = letters.meeting_id
            and same.kind = letters.kind
            and same.name = $name
    )
