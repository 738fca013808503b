-- end_of_account: all login sessions of an account are over, but perhaps for one
-- grain: one row per session that was not over
-- reads: login_sessions
-- why:   a new password or a disabled account reaches every tab
update login_sessions
set ended_at = $now, ended_why = $why
where account_id = $account_id and ended_at is null and session_id <> $but
