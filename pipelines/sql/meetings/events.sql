-- events: what moved the clock of a meeting
-- grain: one row per event, in their order
-- reads: meeting_events
select
    number,
    happened_at,
    kind,
    section,
    author
from meeting_events
where meeting_id = $meeting_id
order by number
