-- insert_all: the rows of the first file of a source, which cannot have changed
-- reads: incoming (registered)
-- fills: the_* stand for names from the canonical schema
insert into the_table by name
select
    $source as source,
    the_incoming_columns,
    the_first_sight
    $import_id as import_id,
    file_line
from incoming
