-- forget: drop counts that are too old to matter
-- grain: one row per key
-- reads: throttle
-- why:   who tries thousands of addresses must not fill the file
delete from throttle where failed_at <= $before
