-- of_account: who an account is at providers
-- grain: one row per provider
-- reads: external_identities
-- why:   an address that was given to somebody else must not open the account
select issuer, subject from external_identities where account_id = $account_id order by issuer
