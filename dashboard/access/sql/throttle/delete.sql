-- delete: forget the tries that failed
-- grain: one row, or none
-- reads: throttle
-- why:   the right password came
delete from throttle where kind = $kind and key = $key
