-- read: how many tries failed lately, and until when the next one waits
-- grain: one row, or none
-- reads: throttle
-- why:   after a quiet day the count begins anew
select failures, blocked_until
from throttle
where kind = $kind and key = $key and failed_at > $since
