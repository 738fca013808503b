-- use_recovery: use a recovery code up
-- grain: one row, or none if it is not one or was used before
-- reads: recovery_codes
-- why:   each works once
update recovery_codes
set used_at = $now
where account_id = $account_id and code_hash = $code_hash and used_at is null
