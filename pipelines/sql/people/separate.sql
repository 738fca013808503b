-- separate: let a written name mean nobody else any more
-- grain: one row
-- reads: person_names
delete from person_names
where
    source = $source
    and written = $written
