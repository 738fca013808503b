-- insert_item: a point on an agenda
-- grain: one row
insert into agenda_items (
    item_id,
    meeting_id,
    section,
    title,
    kpi,
    action_id,
    raised_by,
    reason,
    closed,
    version
)
values (
    $item_id,
    $meeting_id,
    $section,
    $title,
    $kpi,
    $action_id,
    $raised_by,
    $reason,
    $closed,
    $version
)
