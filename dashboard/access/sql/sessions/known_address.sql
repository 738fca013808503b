-- known_address: whether somebody has logged in to an account from an address before
-- grain: one row
-- reads: login_sessions
-- why:   who guesses from elsewhere must not keep the owner out
select count(*)
from login_sessions
where account_id = $account_id and address = $address and started_at > $since
