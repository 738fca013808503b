-- person: the name of one of the people
-- grain: one row, or none
-- reads: people
select name
from people
where person_id = $person_id
