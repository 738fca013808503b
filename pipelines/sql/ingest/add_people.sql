-- add_people: everybody the file names and we have not met
-- reads: incoming (registered), people, person_names
-- why:   a name that means somebody who is known makes no new person
insert into people (person_id, name)
select
    coalesce((select max(person_id) from people), 0) + row_number() over (order by met.owner),
    met.owner
from (
    select distinct owner
    from incoming
    where owner is not null
) as met
where
    not exists (from people where people.name = met.owner)
    and not exists (
        from person_names
        where
            person_names.written = met.owner
            and person_names.source in ('', $source)
    )
