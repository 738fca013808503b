-- next_id: the number of the next person
-- grain: one row
-- reads: people
-- why:   writes pass one gate, so nobody else takes the same number
select coalesce(max(person_id), 0) + 1 as person_id
from people
