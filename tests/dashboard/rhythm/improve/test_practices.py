from datetime import date

import pytest

from dashboard.rhythm.improve.practice import Practice, matching
from dashboard.rhythm.improve.practices import add_practice, change_practice, list_practices
from pipelines.actor import Actor
from pipelines.errors import Conflict, Refused
from tests.builders.warehouse import warehouse_with


def practice(title: str, text: str = "", person: str | None = None) -> Practice:
    return Practice(1, title, text, person, "typed", date(2026, 11, 16), 1)


CALL = practice("Rappeler l’école à la rentrée", "Avant le 15 septembre.", "Étienne Ouellet")
BOARD = practice("Montrer un échantillon", "Le client le garde.")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", (CALL, BOARD)),
        ("ecole", (CALL,)),
        ("ÉCOLE rentree", (CALL,)),
        ("echantillon client", (BOARD,)),
        ("etienne", (CALL,)),
        ("école échantillon", ()),
        ("(.*)", ()),
    ],
)
def test_good_practices_are_found_by_all_words_without_accents(
    wanted: str, found: tuple[Practice, ...]
) -> None:
    assert matching((CALL, BOARD), wanted) == found


def test_a_good_practice_is_kept_as_it_is_written() -> None:
    context = warehouse_with(today="2026-11-16")

    kept = add_practice(context, " Show a <b>sample</b> ", "One.\r\n\r\nTwo.", "Zoé Côté")

    assert list_practices(context) == (kept,)
    assert (kept.title, kept.text) == ("Show a <b>sample</b>", "One.\n\nTwo.")
    assert (kept.person, kept.origin, kept.added_on) == ("Zoé Côté", "typed", date(2026, 11, 16))


@pytest.mark.parametrize(
    ("title", "text"), [("", "x"), ("x" * 121, ""), ("x", "y" * 2_001), ("x" * 100_000, "")]
)
def test_a_practice_without_a_title_or_too_long_is_refused(title: str, text: str) -> None:
    context = warehouse_with(today="2026-11-16")

    with pytest.raises(Refused):
        add_practice(context, title, text)

    assert list_practices(context) == ()


def test_two_people_who_reword_a_practice_see_both_texts() -> None:
    context = warehouse_with(today="2026-11-16").by(Actor("Louise Gagnon"))
    kept = add_practice(context, "Show a sample")
    changed = change_practice(context, kept.practice_id, 1, title="Leave a sample", text="")

    with pytest.raises(Conflict) as error:
        change_practice(context, kept.practice_id, 1, title="Send a sample", text="")

    assert ("Send" in str(error.value.mine), "Leave" in str(error.value.theirs)) == (True, True)
    assert list_practices(context) == (changed,)
