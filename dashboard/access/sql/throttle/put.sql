-- put: how many tries failed lately
-- grain: one row
-- reads: throttle
-- why:   in the file, so that a restart does not help who guesses
insert into throttle (kind, key, failures, failed_at, blocked_until)
values ($kind, $key, $failures, $now, $until)
on conflict (kind, key) do update set
    failures = excluded.failures,
    failed_at = excluded.failed_at,
    blocked_until = excluded.blocked_until
