-- seen: a sign of life
-- grain: one row
-- reads: login_sessions
-- why:   idle limits survive a restart
update login_sessions set seen_at = max(seen_at, $now) where token_hash = $token_hash
