-- frozen: a closed quarterly review as it was seen
-- grain: one row, or none
-- reads: frozen_reviews
select content
from frozen_reviews
where
    meeting_id = $meeting_id
    and kind = 'quarterly'
