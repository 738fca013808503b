-- insert_rejects: the rows that were set aside
-- reads: rejected (registered)
insert into import_rejects
select
    $import_id as import_id,
    file_line,
    code,
    column_name,
    content
from rejected
