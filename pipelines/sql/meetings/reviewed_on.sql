-- reviewed_on: the closed reviews of a month or a quarter
-- grain: one row per meeting, newest day first
-- reads: frozen_reviews, meetings
select
    frozen_reviews.meeting_id,
    meetings.held_on
from frozen_reviews
inner join meetings
    on frozen_reviews.meeting_id = meetings.meeting_id
where
    frozen_reviews.kind = $kind
    and frozen_reviews.starts_on = $starts_on
order by
    meetings.held_on desc,
    frozen_reviews.meeting_id desc
