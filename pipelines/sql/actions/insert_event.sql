-- insert_event: what happened to an action
-- grain: one row
insert into action_events (
    action_id,
    version,
    happened_on,
    happened_at,
    kind,
    before,
    after,
    reason,
    author
)
values (
    $action_id,
    $version,
    $happened_on,
    $happened_at,
    $kind,
    $before,
    $after,
    $reason,
    $author
)
