-- read: accounts, all of them or the one with this number or this e-mail address
-- grain: one row per account
-- reads: accounts, second_factors
-- why:   a second factor counts once its owner has proved that it works
select
    accounts.account_id,
    accounts.name,
    accounts.email,
    accounts.role,
    accounts.person_id,
    accounts.language,
    accounts.state,
    second_factors.confirmed_at is not null as second_factor,
    accounts.version
from accounts
left join second_factors on second_factors.account_id = accounts.account_id
where ($account_id is null or accounts.account_id = $account_id)
    and ($email is null or accounts.email = $email)
order by accounts.name, accounts.account_id
