-- update_blocker: a blocker after a change
-- grain: one row
-- why:   the whole row is written, because the caller has read it in the same transaction
update blockers
set
    title = $title,
    status = $status,
    rank = $rank,
    parked_until = $parked_until,
    forum = $forum,
    parked_in = $parked_in,
    worked_in = $worked_in,
    version = $version
where blocker_id = $blocker_id
