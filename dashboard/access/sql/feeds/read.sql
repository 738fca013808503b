-- read: whose calendar an address is
-- grain: one row, or none
-- reads: calendar_feeds
-- why:   it is asked for by its hash; the address itself is kept nowhere
select account_id, calendar_id
from calendar_feeds
where token_hash = $token_hash
