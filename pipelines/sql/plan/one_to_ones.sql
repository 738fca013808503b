-- one_to_ones: what was talked about one to one
-- grain: one row per conversation, oldest first
-- reads: one_to_ones
select
    one_to_one_id,
    person,
    held_on,
    author,
    gaps,
    help_asked,
    agreed,
    version
from one_to_ones
order by
    held_on,
    one_to_one_id
