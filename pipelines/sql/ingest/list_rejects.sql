-- list_rejects: the rows an import set aside, by line
-- grain: one row per rejected row
select
    file_line,
    code,
    column_name,
    content
from import_rejects
where import_id = $import_id
order by file_line, code
