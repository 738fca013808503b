-- insert_compared: the rows that are new or changed
-- reads: compared
-- fills: the_* stand for names from the canonical schema
insert into the_table by name
select
    $source as source,
    the_columns,
    the_last_sight
    $import_id as import_id,
    file_line
from compared
where
    not is_known
    or is_changed
