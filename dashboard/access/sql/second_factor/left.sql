-- left: how many recovery codes an account can still use
-- grain: one row
-- reads: recovery_codes
-- why:   who runs out makes new ones in time
select count(*) from recovery_codes where account_id = $account_id and used_at is null
