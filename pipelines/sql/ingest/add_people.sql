-- add_people: everybody the file names and we have not met
-- reads: incoming (registered)
insert into people (name)
select distinct incoming.owner as name
from incoming
where
    incoming.owner is not null
    and not exists (
        from people
        where people.name = incoming.owner
    )
