-- read: whose account somebody at a provider is
-- grain: one row, or none
-- reads: external_identities
-- why:   a subject never changes; an e-mail address may
select account_id from external_identities where issuer = $issuer and subject = $subject
