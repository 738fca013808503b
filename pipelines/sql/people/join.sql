-- join: let a written name mean somebody
-- grain: one row
-- reads: nothing
insert into person_names (source, written, person_id)
values ($source, $written, $person_id)
