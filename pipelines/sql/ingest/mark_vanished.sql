-- mark_vanished: deals that a full export no longer holds
-- reads: seen (registered: external_id of every deal in the file)
update deals
set vanished_on = $today
where
    source = $source
    and vanished_on is null
    and not exists (
        from seen
        where seen.external_id = deals.external_id
    )
returning external_id
