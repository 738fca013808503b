-- delete_changed: make room for the rows that changed
-- reads: compared
-- fills: the_* stand for names from the canonical schema
-- why:   deleting and inserting many rows is faster than updating twenty columns of each
delete from the_table as held
using compared as incoming
where
    held.source = $source
    and the_same_key
    and incoming.is_changed
