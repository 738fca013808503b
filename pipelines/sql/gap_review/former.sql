-- former: the newest closed gap review of a month before another one
-- grain: one row, or none
-- reads: frozen_reviews, meetings, minutes
-- why:   two reviews may look at one month; the later one is the company's last word
select
    frozen_reviews.meeting_id,
    meetings.held_on,
    minutes.closed_at,
    frozen_reviews.content
from frozen_reviews
inner join meetings
    on frozen_reviews.meeting_id = meetings.meeting_id
inner join minutes
    on frozen_reviews.meeting_id = minutes.meeting_id
where
    frozen_reviews.kind = 'monthly'
    and frozen_reviews.starts_on < $month
order by
    frozen_reviews.starts_on desc,
    meetings.held_on desc
limit 1
