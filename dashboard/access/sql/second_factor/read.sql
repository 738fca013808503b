-- read: the secret an account shares with a telephone
-- grain: one row, or none
-- reads: second_factors
-- why:   one that was only proposed does not count
select secret, confirmed_at is not null as confirmed
from second_factors
where account_id = $account_id
