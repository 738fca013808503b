-- bump: something changed in a meeting
-- grain: one row
-- why:   open pages compare it, and read the meeting again only when it has grown
update meetings
set revision = revision + 1
where meeting_id = $meeting_id
