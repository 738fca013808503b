-- add_recovery: a recovery code, by its hash
-- grain: one row
-- reads: nothing
-- why:   a lost telephone locks nobody out
insert into recovery_codes (account_id, code_hash) values ($account_id, $code_hash)
