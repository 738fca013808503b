-- rename_in_decisions: a person's new name, wherever they decided or carry out a decision
-- grain: one row per place
-- reads: decisions
update decisions
set
    owner = case when owner = $former then $name else owner end,
    author = case when author = $former then $name else author end
where
    owner = $former
    or author = $former
