-- turned_down: two names of which somebody said that they are two people
-- grain: one row per pair
-- reads: distinct_people
select
    name,
    other_name
from distinct_people
