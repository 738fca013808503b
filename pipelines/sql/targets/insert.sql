-- insert: keep a target
-- grain: one row
-- reads: nothing
insert into targets (
    target_id,
    kpi,
    owner,
    segment,
    region,
    business_unit,
    value,
    max_value,
    at_most,
    per,
    valid_from,
    valid_to,
    reason,
    set_at
)
values (
    $target_id,
    $key,
    $owner,
    $segment,
    $region,
    $business_unit,
    $value,
    $max_value,
    $at_most,
    $per,
    $valid_from,
    $valid_to,
    $reason,
    $set_at
)
