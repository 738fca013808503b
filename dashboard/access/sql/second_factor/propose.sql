-- propose: a secret that does not count before a code proved it
-- grain: one row, or none if one counts already
-- reads: second_factors
-- why:   a telephone that was set up wrongly must lock nobody out
insert into second_factors (account_id, secret)
values ($account_id, $secret)
on conflict (account_id) do update set secret = excluded.secret
where second_factors.confirmed_at is null
