-- remove: from now on logging in takes no code
-- grain: one row, or none
-- reads: second_factors
-- why:   a lost telephone
delete from second_factors where account_id = $account_id
