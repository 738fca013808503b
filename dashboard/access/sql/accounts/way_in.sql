-- way_in: how many ways an account has to log in: a password, providers
-- grain: one row
-- reads: passwords, external_identities
-- why:   an account that is enabled again without any waits for its invitation
select
    (select count(*) from passwords where account_id = $account_id)
    + (select count(*) from external_identities where account_id = $account_id)
