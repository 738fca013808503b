-- drop_todays_versions: what changed deals were thought to be earlier today
-- reads: compared
-- why:   a day has one version, the last; two imports on one day are a correction
delete from deal_versions
using compared
where
    deal_versions.source = $source
    and deal_versions.external_id = compared.external_id
    and deal_versions.valid_to is null
    and deal_versions.valid_from >= $today
    and compared.is_changed
    and compared.is_moved
