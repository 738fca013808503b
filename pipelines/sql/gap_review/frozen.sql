-- frozen: a closed gap review
-- grain: one row, or none
-- reads: frozen_reviews
select content
from frozen_reviews
where
    meeting_id = $meeting_id
    and kind = 'monthly'
