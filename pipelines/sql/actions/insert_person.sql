-- insert_person: somebody an action names
-- grain: one row, or none where the name is known
-- reads: people, person_names
-- why:   people get a name here before any file mentions them
insert into people (person_id, name)
select coalesce(max(person_id), 0) + 1, $name
from people
having
    not coalesce(bool_or(name = $name), false)
    and not exists (from person_names where written = $name and source = '')
