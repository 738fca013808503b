-- deals: every deal that is open, won or lost, in numbers
-- grain: one row per deal, by key
-- reads: deals
-- why:   a landing of any past day is made from the same columns; text would take ten times the room
select
    hash(source, external_id) as key,
    coalesce(created_on - date '1970-01-01', $never)::integer as created,
    coalesce(closed_on - date '1970-01-01', $never)::integer as closed,
    status = 'won' as won,
    coalesce(amount * 10000, 0)::bigint as amount,
    amount is not null as priced,
    coalesce(vanished_on - date '1970-01-01', $never)::integer as vanished,
    coalesce(seen_from - date '1970-01-01', $never)::integer as seen_from
from deals
where
    (status = 'open' and closed_on is null)
    or (status in ('won', 'lost') and closed_on is not null)
order by key
