-- imports_in_order: what was imported and how, the oldest first, to do it again
-- grain: one row per import
select
    import_id,
    file_name,
    content_hash,
    source,
    entity,
    coverage,
    mapping,
    as_of
from imports
order by import_id
