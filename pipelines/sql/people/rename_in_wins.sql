-- rename_in_wins: a person's new name, wherever a win is theirs or they wrote one down
-- grain: one row per place
-- reads: wins
update wins
set
    person = case when person = $former then $name else person end,
    author = case when author = $former then $name else author end
where
    person = $former
    or author = $former
