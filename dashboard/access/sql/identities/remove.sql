-- remove: an account is nobody at a provider any more
-- grain: one row, or none
-- reads: external_identities
-- why:   somebody left one provider for another
delete from external_identities where account_id = $account_id and issuer = $issuer
