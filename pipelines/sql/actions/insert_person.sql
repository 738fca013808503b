-- insert_person: somebody an action names
-- grain: one row, or none where the name is known
-- why:   people get a name here before any file mentions them
insert into people (name)
values ($name)
on conflict do nothing
