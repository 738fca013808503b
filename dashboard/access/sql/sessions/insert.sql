-- insert: a login session begins
-- grain: one row
-- reads: nothing
-- why:   the token itself is never written
insert into login_sessions (
    token_hash, session_id, account_id, started_at, seen_at, address, user_agent
)
values ($token_hash, $session_id, $account_id, $now, $now, $address, $user_agent)
