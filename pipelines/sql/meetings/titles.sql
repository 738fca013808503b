-- titles: what every blocker is called
-- grain: one row per blocker
-- reads: blockers
select
    blocker_id,
    title
from blockers
