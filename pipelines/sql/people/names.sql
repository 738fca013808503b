-- names: what files write for somebody, and the name the product shows
-- grain: one row per joined name
-- reads: person_names, people
select
    person_names.source,
    person_names.written,
    people.name
from person_names
inner join people
    on person_names.person_id = people.person_id
order by
    person_names.source,
    person_names.written
