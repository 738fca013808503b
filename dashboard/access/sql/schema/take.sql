-- take: a migration is applied, in this very transaction
-- grain: one row, or none if another process was quicker
-- reads: schema_migrations
-- why:   two processes may open a new file at the same time
insert into schema_migrations (number) values ($number) on conflict do nothing
