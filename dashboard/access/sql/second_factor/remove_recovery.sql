-- remove_recovery: the recovery codes of an account do not count any more
-- grain: one row per code
-- reads: recovery_codes
-- why:   new ones take their place, or no codes are asked for any more
delete from recovery_codes where account_id = $account_id
