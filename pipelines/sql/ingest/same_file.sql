-- same_file: the last import of the same bytes into the same table
-- grain: one row per import, the newest first
select import_id
from imports
where
    content_hash = $content_hash
    and source = $source
    and entity = $entity
order by import_id desc
limit 1
