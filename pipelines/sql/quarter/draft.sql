-- draft: what comes out of a quarterly review
-- grain: one row, or none
-- reads: next_quarters
select
    draft,
    adopted_by,
    adopted_at,
    version
from next_quarters
where meeting_id = $meeting_id
