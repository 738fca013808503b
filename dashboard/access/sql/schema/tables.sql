-- tables: the names of all tables
-- grain: one row per table
-- reads: sqlite_schema
-- why:   a file that has tables and no register of ours belongs to another program
select name from sqlite_schema where type = 'table'
