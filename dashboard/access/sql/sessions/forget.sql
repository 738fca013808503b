-- forget: drop login sessions that ended long ago
-- grain: one row per session
-- reads: login_sessions
-- why:   they are kept only to know an account's usual addresses
delete from login_sessions where ended_at < $before
