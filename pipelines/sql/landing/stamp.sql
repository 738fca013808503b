-- stamp: a word for what is known of deals, which changes with it
-- grain: one row
-- reads: deals, stage_entries, former_deals
-- why:   the columns are read again only when they changed, not whenever anything is written
select
    (
        select
            sum(hash(
                source, external_id, status, amount, created_on, closed_on, vanished_on, seen_from
            ))
        from deals
    ) as deals,
    (
        select sum(hash(source, deal, stage, entered_on))
        from stage_entries
    ) as entries,
    (
        select sum(hash(source, external_id, valid_from, valid_to, amount))
        from former_deals
    ) as former
