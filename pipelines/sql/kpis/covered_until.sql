-- covered_until: the day up to which the files say anything about some tables
-- grain: one row; null when no file was imported for any of them
-- reads: imports
select max(as_of) as covered_until
from imports
where list_contains($tables, entity)
