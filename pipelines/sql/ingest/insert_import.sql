-- insert_import: one line of the register
insert into imports
values (
    $import_id,
    $file_name,
    $content_hash,
    $source,
    $entity,
    $coverage,
    $mapping,
    $imported_at,
    $as_of,
    $rows_read,
    $added,
    $changed,
    $unchanged,
    $rejected
)
