-- kept: the meetings that keep a gap review
-- grain: one row per meeting
-- reads: frozen_reviews
select meeting_id
from frozen_reviews
where kind = 'monthly'
order by meeting_id
