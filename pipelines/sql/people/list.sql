-- list: everybody who is known
-- grain: one row per person
-- reads: people
select
    person_id,
    name,
    email,
    team,
    region,
    business_unit,
    active,
    version
from people
order by
    name,
    person_id
