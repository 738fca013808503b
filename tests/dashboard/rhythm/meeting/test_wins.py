from collections.abc import Callable

import pytest

from dashboard.rhythm.improve.practices import list_practices
from dashboard.rhythm.meeting import closing, wins
from dashboard.rhythm.meeting.archive import search
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.journal import changes_after, newest
from tests.builders.meetings import MARC, ZOE, company, seen, started


def test_a_win_can_be_said_in_other_words_and_a_conflict_is_told() -> None:
    context = company()
    number = started(context)
    win = wins.add_win(context, number, "Érable signed", "Zoé Côté")

    changed = wins.change_win(
        context, number, win.win_id, 1, text="Érable signed for two years", person="Zoé Côté"
    )
    with pytest.raises(Conflict):
        wins.change_win(context, number, win.win_id, 1, text="Érable?")

    assert (changed.text, changed.version) == ("Érable signed for two years", 2)


def test_a_win_becomes_one_good_practice_however_often_it_is_kept() -> None:
    context = company()
    number = started(context)
    win = wins.add_win(context, number, "Called them back within the hour", "Zoé Côté")

    first = wins.keep_as_practice(context, number, win.win_id, "Call back within the hour")
    second = wins.keep_as_practice(context.by(MARC), number, win.win_id)

    assert first == second
    (practice,) = list_practices(context)
    assert (practice.title, practice.person) == ("Call back within the hour", "Zoé Côté")
    assert practice.origin == f"win {win.win_id}"


@pytest.mark.parametrize(
    "gesture",
    [
        lambda context, number: wins.add_win(context, number, "  \n"),
        lambda context, number: wins.add_win(context, number, "x" * 100_000),
        lambda context, number: wins.add_win(context, number, "A win", "x" * 500),
        lambda context, number: wins.keep_as_practice(context, number, 3),
    ],
    ids=["empty", "endless", "endless name", "unknown"],
)
def test_what_cannot_be_a_win_is_refused(gesture: Callable[[Context, int], object]) -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused):
        gesture(context, number)

    assert seen(context, number).wins == ()


def test_a_win_that_was_taken_back_is_told_nowhere_and_stays_in_the_history() -> None:
    context = company()
    number = started(context)
    kept = wins.add_win(context, number, "Érable signed", "Zoé Côté")
    typo = wins.add_win(context.by(ZOE), number, "Érbale singed", "Zoé Côté")
    before = context.store.read(newest)

    wins.take_back(context.by(ZOE), number, typo.win_id, typo.version)

    assert seen(context, number).wins == (kept,)
    assert [one.title for one in search(context, "signed")] == ["Érable signed"]
    assert search(context, "singed") == ()
    (change,) = context.store.read(lambda cursor: changes_after(cursor, before))
    assert (change.actor, change.what, change.subject) == ("Zoé Côté", "win.taken_back", "win 2")
    assert change.before == {"text": "Érbale singed", "person": "Zoé Côté", "version": 1}
    assert change.after is None


def test_the_number_of_a_win_that_was_taken_back_means_no_other_one() -> None:
    context = company()
    number = started(context)
    gone = wins.add_win(context, number, "Érable signed")
    wins.take_back(context, number, gone.win_id, gone.version)

    assert wins.add_win(context, number, "Boréal signed").win_id != gone.win_id
    with pytest.raises(Refused, match="no win 1"):
        wins.keep_as_practice(context, number, gone.win_id)


def test_a_good_practice_stays_when_its_win_is_taken_back() -> None:
    context = company()
    number = started(context)
    win = wins.add_win(context, number, "Called them back within the hour")
    wins.keep_as_practice(context, number, win.win_id)

    wins.take_back(context, number, win.win_id, win.version + 1)

    assert len(list_practices(context)) == 1


def test_a_win_that_somebody_changed_meanwhile_is_not_taken_back_unseen() -> None:
    context = company()
    number = started(context)
    win = wins.add_win(context, number, "Érable signed")
    after = wins.change_win(
        context.by(MARC), number, win.win_id, 1, text="Érable and Boréal signed"
    )

    with pytest.raises(Conflict):
        wins.take_back(context, number, win.win_id, win.version)

    assert seen(context, number).wins == (after,)


def test_of_a_closed_meeting_no_win_is_taken_back() -> None:
    context = company()
    number = started(context)
    win = wins.add_win(context, number, "Érable signed")
    closing.close(context, number)

    with pytest.raises(Refused, match="closed"):
        wins.take_back(context, number, win.win_id, win.version)

    assert seen(context, number).wins == (win,)
