-- former: what deals were before they became what they are, in numbers
-- grain: one row per deal and state that is no more, by deal and day
-- reads: former_deals
select
    hash(source, external_id) as key,
    (valid_from - date '1970-01-01')::integer as since,
    (valid_to - date '1970-01-01')::integer as until,
    coalesce(amount * 10000, 0)::bigint as amount,
    amount is not null as priced
from former_deals
order by
    key,
    until
