-- insert: a link
-- grain: one row
-- reads: nothing
-- why:   see read
insert into links (link_hash, kind, account_id, created_at, expires_at)
values ($link_hash, $kind, $account_id, $now, $expires_at)
