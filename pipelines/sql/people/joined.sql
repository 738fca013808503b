-- joined: names that somebody joined to a person
-- grain: one row per source and written name
-- reads: person_names
select
    source,
    written,
    person_id
from person_names
order by
    written,
    source
