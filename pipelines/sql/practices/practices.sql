-- practices: the good practices, newest first
-- grain: one row per practice
-- reads: practices
select
    practice_id,
    title,
    text,
    person,
    origin,
    added_on,
    version
from practices
order by added_on desc, practice_id desc
