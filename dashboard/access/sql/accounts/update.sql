-- update: an account as it is from now on, unless somebody else changed it meanwhile
-- grain: one row, or none if the version is not the one seen
-- reads: accounts
-- why:   two owners at the same form must not undo each other
update accounts
set
    name = $name,
    email = $email,
    role = $role,
    person_id = $person_id,
    language = $language,
    state = $state,
    version = version + 1
where account_id = $account_id and version = $version
