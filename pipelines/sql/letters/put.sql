-- put: what became of a letter about a meeting; sent again, the newest counts
-- grain: one row
-- reads: nothing
insert or replace into letters
values ($meeting_id, $kind, $name, $address, $sent_at, $way, $file, $trouble)
