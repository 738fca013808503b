-- read: the latest moment this file was told
-- grain: one row, or none in a new file
-- reads: steady_clock
-- why:   turning the clock back revives nothing, after a restart neither
select seen_at from steady_clock
