-- next_win_id: the number of the next win
-- grain: one row
-- reads: wins
-- why:   asked for and used within one write, so that nobody else can take it
select coalesce(max(win_id), 0) + 1 as win_id
from wins
