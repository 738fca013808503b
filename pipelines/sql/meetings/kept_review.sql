-- kept_review: the newest closed meeting that keeps a review of a month or quarter
-- grain: one row, or none
-- reads: frozen_reviews, meetings
select frozen_reviews.meeting_id
from frozen_reviews
inner join meetings on meetings.meeting_id = frozen_reviews.meeting_id
where
    frozen_reviews.kind = $kind
    and frozen_reviews.starts_on = $starts_on
order by meetings.held_on desc
limit 1
