-- close_versions: what changed deals were until today
-- reads: compared
update deal_versions
set valid_to = $today
from compared
where
    deal_versions.source = $source
    and deal_versions.external_id = compared.external_id
    and deal_versions.valid_to is null
    and deal_versions.valid_from < $today
    and compared.is_changed
    and compared.is_moved
