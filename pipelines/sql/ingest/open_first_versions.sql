-- open_first_versions: what the deals of a source are when they are first seen
-- reads: incoming (registered)
-- fills: the_* stand for names from the canonical schema
-- why:   deals whose key we made up are other deals once they change, so they have no versions
insert into deal_versions by name
select
    $source as source,
    external_id,
    $today as valid_from,
    the_versioned_columns,
    $import_id as import_id
from incoming
where not is_made
