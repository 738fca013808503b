-- update_one_to_one: what was talked about, in better words
-- grain: one row
-- why:   the gaps stay as they were seen
update one_to_ones
set
    author = $author,
    help_asked = $help_asked,
    agreed = $agreed,
    version = $version
where one_to_one_id = $one_to_one_id
