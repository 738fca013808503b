-- meant_by_source: names that mean somebody in one source only, as a list to join rows with
-- grain: one row per source and written name
-- reads: nothing; the three lists have the same length
-- why:   two systems may write two people alike
select
    unnest($sources) as there_source,
    unnest($written_there) as there_written,
    unnest($meant_there) as there_name
