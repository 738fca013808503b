-- latest: when each account last logged in
-- grain: one row per account that ever did, as far as is remembered
-- reads: login_sessions
-- why:   an owner sees which accounts nobody uses
select account_id, max(started_at) as started_at
from login_sessions
group by account_id
