-- insert_win: a good piece of news
-- grain: one row
insert into wins (
    win_id,
    meeting_id,
    text,
    person,
    practice_id,
    author,
    version
)
values (
    $win_id,
    $meeting_id,
    $text,
    $person,
    $practice_id,
    $author,
    $version
)
