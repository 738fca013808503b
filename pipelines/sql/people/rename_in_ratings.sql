-- rename_in_ratings: a person's new name, wherever they rated a meeting
-- grain: one row per place
-- reads: ratings
-- why:   where something stands under the new name already, both stay
update ratings
set person = $name
where
    person = $former
    and not exists (
        from ratings as same
        where
            same.meeting_id = ratings.meeting_id
            and same.person = $name
    )
