-- meant: names that mean somebody in every source, as a list to join rows with
-- grain: one row per written name
-- reads: nothing; $written and $meant are lists of the same length
-- why:   whom a name means may take several steps, which are taken before the rows are read
select
    unnest($written) as meant_written,
    unnest($meant) as meant_name
