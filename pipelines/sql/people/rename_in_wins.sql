-- rename_in_wins: a person's new name, wherever a win is theirs
-- grain: one row per place
-- reads: wins
update wins
set person = $name
where person = $former
