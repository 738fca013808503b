-- put: remember a moment, if it is later than the one remembered
-- grain: one row
-- reads: steady_clock
-- why:   see read
insert into steady_clock (id, seen_at)
values (1, $seen_at)
on conflict (id) do update set seen_at = max(seen_at, excluded.seen_at)
