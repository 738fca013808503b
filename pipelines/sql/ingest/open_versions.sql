-- open_versions: what new and changed deals are from today on
-- reads: compared
-- why:   deals whose key we made up are other deals once they change, so they have no versions
insert into deal_versions
select
    $source as source,
    external_id,
    $today as valid_from,
    null as valid_to,
    owner,
    pipeline,
    stage,
    status,
    amount,
    currency,
    expected_close_on,
    closed_on,
    $import_id as import_id
from compared
where
    is_moved
    and (is_changed or not is_known)
    and not is_made
