-- insert: a new account
-- grain: one row
-- reads: nothing
-- why:   its number comes back, for the link that is made in the same transaction
insert into accounts (name, email, role, person_id, language, state)
values ($name, $email, $role, $person_id, $language, $state)
returning account_id
