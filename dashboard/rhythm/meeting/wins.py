"""The good news of a meeting: told, said in other words, taken back, kept as good practices."""

from dataclasses import replace

from dashboard.rhythm.improve.practices import add_in
from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.model import Win
from dashboard.rhythm.meeting.rows import read_wins
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines.context import Context
from pipelines.errors import Conflict, Refused, msg
from pipelines.journal import What


def add_win(context: Context, meeting_id: int, text: str, person: str | None = None) -> Win:
    """Write down a good piece of news.

    Args:
        person: Whose it is; None: everybody's.

    Raises:
        Refused: The text is empty or too long.
        AccessRefused: Whoever asks is not invited; so for every gesture in a meeting.
    """
    line = typed.sentence(text)
    named = typed.name(person) if person else None

    def gesture(seat: Seat) -> Win:
        shown = seat.names.shown(named) if named else None
        win = Win(seat.number("next_win_id"), line, shown, None, seat.me, 1)
        seat.put(
            "insert_win",
            win_id=win.win_id,
            meeting_id=meeting_id,
            text=line,
            person=shown,
            practice_id=None,
            author=seat.me,
            version=1,
        )
        return win

    return take_seat(context, meeting_id, gesture)


def change_win(
    context: Context,
    meeting_id: int,
    win_id: int,
    version: int,
    *,
    text: str,
    person: str | None = None,
) -> Win:
    """Write a win in other words.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is no such win, or as for ``add_win``.
        Conflict: Somebody changed it in the meantime.
    """
    line = typed.sentence(text)
    named = typed.name(person) if person else None

    def gesture(seat: Seat) -> Win:
        before = _known_win(seat, win_id)
        shown = seat.names.shown(named) if named else None
        if (before.text, before.person) == (line, shown):
            return before
        if before.version != version:
            raise Conflict.between(
                msg("“{text}”", text=typed.beginning(line)),
                msg("“{text}”", text=typed.beginning(before.text)),
                before.version,
            )
        after = replace(before, text=line, person=shown, version=version + 1)
        _update_win(seat, after)
        return after

    return take_seat(context, meeting_id, gesture)


def keep_as_practice(
    context: Context, meeting_id: int, win_id: int, title: str | None = None
) -> int:
    """Make a win a good practice; doing it again finds the same one.

    Args:
        title: None: the beginning of the win.

    Returns:
        The number of the practice.

    Raises:
        Refused: There is no such win, or the title is too long.
    """
    named = typed.optional_title(title)

    def gesture(seat: Seat) -> int:
        win = _known_win(seat, win_id)
        if win.practice_id is not None:
            return win.practice_id
        practice = add_in(
            seat.cursor,
            context,
            named or win.text[: typed.MAX_TITLE],
            win.text,
            win.person or "",
            origin=f"win {win_id}",
        )
        number = practice.practice_id
        _update_win(seat, replace(win, practice_id=number, version=win.version + 1))
        return number

    return take_seat(context, meeting_id, gesture)


def take_back(context: Context, meeting_id: int, win_id: int, version: int) -> None:
    """Take back a win that is none; a good practice that it became stays.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is no such win.
        Conflict: Somebody changed it in the meantime.
    """

    def gesture(seat: Seat) -> None:
        win = _known_win(seat, win_id)
        if win.version != version:
            raise Conflict.between(
                msg("take the win back"),
                msg("“{text}”", text=typed.beginning(win.text)),
                win.version,
            )
        seat.put("take_back_win", win_id=win_id)
        seat.write_down(
            What.WIN_TAKEN_BACK,
            f"win {win_id}",
            before={"text": win.text, "person": win.person, "version": win.version},
        )

    take_seat(context, meeting_id, gesture)


def _known_win(seat: Seat, win_id: int) -> Win:
    for win in read_wins(seat):
        if win.win_id == win_id:
            return win
    raise Refused.of(msg("There is no win {number}.", number=str(win_id)))


def _update_win(seat: Seat, win: Win) -> None:
    seat.put(
        "update_win",
        win_id=win.win_id,
        text=win.text,
        person=win.person,
        practice_id=win.practice_id,
        version=win.version,
    )
