-- list_imports: the register, newest first
-- grain: one row per import
select
    import_id,
    file_name,
    content_hash,
    source,
    entity,
    coverage,
    imported_at,
    as_of,
    rows_read,
    added,
    changed,
    unchanged,
    rejected
from imports
order by import_id desc
