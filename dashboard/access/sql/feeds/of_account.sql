-- of_account: when the address of somebody's calendar was made
-- grain: one row, or none
-- reads: calendar_feeds
select created_at
from calendar_feeds
where account_id = $account_id
