-- put: the address of somebody's calendar, in place of the one before
-- grain: one row per account
-- reads: calendar_feeds
-- why:   the events keep their names, so that a calendar that subscribes anew does not double them
insert into calendar_feeds (account_id, token_hash, calendar_id, created_at)
values ($account_id, $token_hash, $calendar_id, $now)
on conflict (account_id) do update
set token_hash = excluded.token_hash, created_at = excluded.created_at
