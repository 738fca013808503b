-- applied: the migrations that a file has had
-- grain: one row per migration
-- reads: schema_migrations
-- why:   the others are applied when the file is opened
select number from schema_migrations
