-- next_id: the number of the next request
-- grain: one row
-- reads: move_requests
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(request_id), 0) + 1 as request_id
from move_requests
