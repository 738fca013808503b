-- insert_one_to_one: what was talked about one to one
-- grain: one row
insert into one_to_ones (one_to_one_id, person, held_on, author, gaps, help_asked, agreed, version)
values ($one_to_one_id, $person, $held_on, $author, $gaps, $help_asked, $agreed, $version)
