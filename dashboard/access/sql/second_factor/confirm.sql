-- confirm: from now on logging in takes a code
-- grain: one row
-- reads: second_factors
-- why:   see propose
update second_factors set confirmed_at = $now where account_id = $account_id
