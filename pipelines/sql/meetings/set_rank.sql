-- set_rank: the place of a blocker among the top three
-- grain: one row
-- why:   whoever changes the blocker itself is not in its way: its version stays
update blockers
set
    rank = $rank
where blocker_id = $blocker_id
