-- next_import: the number the next import gets
-- grain: one row
select coalesce(max(import_id), 0) + 1 as import_id
from imports
