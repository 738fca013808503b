-- put: what is kept of a password from now on
-- grain: one row
-- reads: passwords
-- why:   a hash is replaced when its parameters are outdated too
insert into passwords (account_id, hash, changed_at)
values ($account_id, $hash, $now)
on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
