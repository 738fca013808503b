-- owners: how many owners there are or were invited
-- grain: one row
-- reads: accounts
-- why:   while there is none, the setup link makes the first one
select count(*) from accounts where role = 'owner' and state in ('active', 'invited')
