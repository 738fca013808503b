-- take_back_win: a win that is none
-- grain: one row
-- why:   its number stays its own: a page that still shows it means no other one
update wins
set
    taken_back = true,
    version = version + 1
where win_id = $win_id
