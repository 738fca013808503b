-- end: a login session is over
-- grain: one row, or none if it was over already
-- reads: login_sessions
-- why:   the first reason stays
update login_sessions
set ended_at = $now, ended_why = $why
where token_hash = $token_hash and ended_at is null
