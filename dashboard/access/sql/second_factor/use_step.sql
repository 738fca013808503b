-- use_step: use a code up
-- grain: one row, or none if it was used before
-- reads: used_codes
-- why:   whoever looked over a shoulder comes too late, whatever the clock does
insert into used_codes (account_id, step) values ($account_id, $step) on conflict do nothing
