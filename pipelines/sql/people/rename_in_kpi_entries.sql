-- rename_in_kpi_entries: a person's new name, wherever typed numbers name them
-- grain: one row per number
-- reads: kpi_entries
-- why:   where a number stands under the new name already, both stay, and reading takes the newer one
update kpi_entries
set owner = $name
where
    owner = $former
    and not exists (
        from kpi_entries as same
        where
            same.kpi = kpi_entries.kpi
            and same.grain = kpi_entries.grain
            and same.start = kpi_entries.start
            and same.owner = $name
    )
