-- update_win: a win after a change
-- grain: one row
-- why:   the caller has read it in the same transaction
update wins
set
    text = $text,
    person = $person,
    practice_id = $practice_id,
    version = $version
where win_id = $win_id
