-- other_owners: how many can still manage accounts without this one
-- grain: one row
-- reads: accounts
-- why:   the last active owner stays
select count(*)
from accounts
where role = 'owner' and state = 'active' and account_id <> $account_id
