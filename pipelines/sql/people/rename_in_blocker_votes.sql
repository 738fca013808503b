-- rename_in_blocker_votes: a person's new name, wherever they voted
-- grain: one row per place
-- reads: blocker_votes
-- why:   where something stands under the new name already, both stay
update blocker_votes
set person = $name
where
    person = $former
    and not exists (
        from blocker_votes as same
        where
            same.meeting_id = blocker_votes.meeting_id
            and same.blocker_id = blocker_votes.blocker_id
            and same.person = $name
    )
