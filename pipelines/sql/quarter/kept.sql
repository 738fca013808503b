-- kept: the meetings that keep a quarterly review
-- grain: one row a meeting
-- reads: frozen_reviews
select meeting_id
from frozen_reviews
where kind = 'quarterly'
