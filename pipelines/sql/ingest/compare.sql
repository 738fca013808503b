-- compare: incoming rows beside what the table holds of them
-- grain: one row per incoming row
-- reads: incoming (registered), the canonical table
-- fills: the_* stand for names from the canonical schema (pipelines.ingest.canonical)
-- why:   a column that a file does not have keeps what an earlier file said
create or replace temp table compared as
select
    the_completed_columns,
    incoming.file_line,
    incoming.is_made,
    held.import_id is not null as is_known,
    held.import_id is not null and (the_differences) as is_changed,
    held.import_id is null or (the_movements) as is_moved,
    the_state_before
from incoming
left join the_table as held
    on held.source = $source
    and the_same_key
