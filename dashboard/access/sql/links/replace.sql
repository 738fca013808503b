-- replace: the unused links of an account (of nobody: setup links) stop to count
-- grain: one row per link
-- reads: links
-- why:   only the newest one works
update links
set replaced_at = $now
where account_id is $account_id and used_at is null and replaced_at is null
