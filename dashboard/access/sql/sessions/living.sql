-- living: login sessions that have not ended, with what their accounts are now
-- grain: one row per session
-- reads: login_sessions, accounts
-- why:   read into memory at every change, so that every page asks memory only
select
    login_sessions.token_hash,
    login_sessions.session_id,
    login_sessions.account_id,
    login_sessions.started_at,
    login_sessions.seen_at,
    login_sessions.address,
    login_sessions.user_agent,
    accounts.name,
    accounts.role,
    accounts.person_id,
    accounts.language
from login_sessions
inner join accounts on accounts.account_id = login_sessions.account_id
where login_sessions.ended_at is null and accounts.state = 'active'
order by login_sessions.started_at, login_sessions.session_id
