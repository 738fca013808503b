-- register: where a file says which migrations it has had
-- grain: one row per migration
-- reads: nothing
-- why:   the first thing in a new file
create table if not exists schema_migrations (number integer primary key) without rowid
