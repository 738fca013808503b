-- notes: what is written down in a meeting
-- grain: one row per subject
-- reads: meeting_notes
select
    subject,
    text,
    version,
    changed_at,
    author
from meeting_notes
where meeting_id = $meeting_id
order by subject
