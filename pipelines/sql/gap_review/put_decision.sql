-- put_decision: what is decided about the gap of a KPI, new or changed
-- grain: one row
insert or replace into gap_decisions (
    meeting_id,
    kpi,
    decision,
    reason,
    action_id,
    target_id,
    decided_by,
    decided_at,
    version
)
values (
    $meeting_id,
    $kpi,
    $decision,
    $reason,
    $action_id,
    $target_id,
    $decided_by,
    $decided_at,
    $version
)
