-- people: the names of the people, and who of them still works at the company
-- grain: one row per person
-- reads: people
select
    name,
    active
from people
order by name
