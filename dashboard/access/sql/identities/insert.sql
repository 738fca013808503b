-- insert: an account is somebody at a provider
-- grain: one row
-- reads: nothing
-- why:   from now on the subject decides
insert into external_identities (issuer, subject, account_id, linked_at)
values ($issuer, $subject, $account_id, $now)
