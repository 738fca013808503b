-- keep_former_deals: what deals were until today, before they become something else
-- reads: deals, compared
-- why:   a day has one state, the last: two imports on one day are a correction
insert into former_deals by name
select
    held.source,
    held.external_id,
    held.seen_from as valid_from,
    $today as valid_to,
    held.owner,
    held.pipeline,
    held.stage,
    held.status,
    held.amount,
    held.currency,
    held.expected_close_on,
    held.closed_on,
    held.import_id
from deals as held
inner join compared using (external_id)
where
    held.source = $source
    and held.seen_from < $today
    and compared.is_changed
    and compared.is_moved
