-- insert_blocker: a blocker
-- grain: one row
insert into blockers (
    blocker_id,
    title,
    kpi,
    action_id,
    item_id,
    raised_in,
    raised_on,
    raised_by,
    status,
    rank,
    parked_until,
    forum,
    parked_in,
    worked_in,
    deal,
    version
)
values (
    $blocker_id,
    $title,
    $kpi,
    $action_id,
    $item_id,
    $raised_in,
    $raised_on,
    $raised_by,
    $status,
    $rank,
    $parked_until,
    $forum,
    $parked_in,
    $worked_in,
    $deal,
    $version
)
