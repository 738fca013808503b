-- put_entry: keep a typed number, in place of the one typed before for that period and owner
-- grain: one row
-- reads: nothing
insert or replace into kpi_entries (
    kpi,
    grain,
    start,
    owner,
    value,
    numerator,
    denominator,
    note,
    entered_at,
    import_id,
    file_line
)
values (
    $kpi,
    $grain,
    $start,
    $owner,
    $value,
    $numerator,
    $denominator,
    $note,
    $entered_at,
    $import_id,
    $file_line
)
