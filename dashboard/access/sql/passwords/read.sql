-- read: what is kept of a password
-- grain: one row, or none
-- reads: passwords
-- why:   an account without one logs in at its provider, or has not been there yet
select hash from passwords where account_id = $account_id
