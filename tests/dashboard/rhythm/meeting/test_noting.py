from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.rhythm.meeting import blockers, wins
from dashboard.rhythm.meeting.model import Note
from dashboard.rhythm.meeting.noting import TextConflict, save_note
from dashboard.rhythm.meeting.reading import revision
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import Refused
from tests.builders.meetings import MARC, company, said, seen, started, understood


def note(context: Context, number: int, subject: str) -> Note:
    return next(one for one in seen(context, number).notes if one.subject == subject)


def test_a_saved_text_is_there_with_its_writer() -> None:
    context = company()
    number = started(context)

    saved = save_note(context, number, "section 2", "Three quotes left\r\nTwo lost", 0)

    assert saved == note(context, number, "section 2")
    assert (saved.text, saved.version) == ("Three quotes left\nTwo lost", 1)
    assert saved.author == "Louise Gagnon"


def test_the_same_text_again_changes_nothing() -> None:
    context = company()
    number = started(context)
    saved = save_note(context, number, "section 2", "Three quotes left", 0)
    before = revision(context, number)

    again = save_note(context.by(MARC), number, "section 2", "Three quotes left", 0)

    assert again == saved
    assert revision(context, number) == before


def test_two_who_write_at_once_both_keep_their_text() -> None:
    context = company()
    number = started(context)
    save_note(context, number, "section 2", "Louise was first", 0)

    with pytest.raises(TextConflict) as error:
        save_note(context.by(MARC), number, "section 2", "Marc was first", 0)

    conflict = error.value
    assert (conflict.mine_text, conflict.theirs_text) == ("Marc was first", "Louise was first")
    assert (conflict.version, conflict.by) == (1, "Louise Gagnon")
    assert note(context, number, "section 2").text == "Louise was first"
    both = f"{conflict.theirs_text}\n{conflict.mine_text}"
    assert save_note(context.by(MARC), number, "section 2", both, conflict.version).text == both


def test_a_text_that_goes_on_from_what_stands_there_loses_nothing() -> None:
    # the answer to a first save was lost on the way, and the writer has gone on writing
    context = company()
    number = started(context)
    save_note(context, number, "section 2", "Three quotes", 0)

    saved = save_note(context, number, "section 2", "Three quotes left", 0)

    assert (saved.text, saved.version) == ("Three quotes left", 2)


def test_a_text_that_somebody_emptied_is_not_brought_back_unseen() -> None:
    context = company()
    number = started(context)
    save_note(context, number, "section 2", "Three quotes", 0)
    save_note(context, number, "section 2", "", 1)

    with pytest.raises(TextConflict) as error:
        save_note(context.by(MARC), number, "section 2", "Three quotes left", 1)

    assert (error.value.theirs_text, error.value.version) == ("", 2)


def test_of_many_who_write_at_once_nobody_loses_a_word() -> None:
    context = company()
    number = started(context)
    words = [f"word{writer}-{turn}" for writer in range(4) for turn in range(10)]

    def write(word: str) -> None:
        """Add a word to the one text, joining with what others wrote, as the page does."""
        version, text = 0, word
        while True:
            try:
                save_note(context.by(Actor(word)), number, "section 3", text, version)
            except TextConflict as conflict:
                version, text = conflict.version, f"{conflict.theirs_text} {word}"
            else:
                return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, words))

    assert sorted(note(context, number, "section 3").text.split()) == sorted(words)


def test_different_subjects_never_get_in_each_others_way() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, title="Late quotes").blocker_id
    subjects = ["section 1", "section 2", f"blocker {blocker} facts", f"blocker {blocker} tried"]

    def write(subject: str) -> None:
        for turn in range(5):
            save_note(context, number, subject, f"{subject}: {turn}", turn)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, subjects))

    assert {one.subject: one.text for one in seen(context, number).notes} == {
        subject: f"{subject}: 4" for subject in subjects
    }


def test_a_text_of_100000_characters_is_refused_in_words_and_what_was_there_stays() -> None:
    context = company()
    number = started(context)
    save_note(context, number, "section 2", "Short", 0)

    with pytest.raises(Refused) as error:
        save_note(context, number, "section 2", "x" * 100_000, 1)

    assert "too long: 100000 characters" in said(error).replace(",", "")
    assert note(context, number, "section 2").text == "Short"


def test_the_longest_text_that_is_allowed_is_kept_whole() -> None:
    context = company()
    number = started(context)

    text = "é" * 20_000

    assert save_note(context, number, "section 2", text, 0).text == text
    assert note(context, number, "section 2").text == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("👍🏽 Bravo 🎉", "👍🏽 Bravo 🎉"),
        ("שלום עולם", "שלום עולם"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("![](https://example.com/x.png)", "![](https://example.com/x.png)"),
        ("bell\x07 and null\x00", "bell  and null"),
        ("turned \u202egnp.exe", "turned gnp.exe"),
        ("half of a sign \ud83d", "half of a sign �"),
    ],
    ids=["emoji", "right to left", "html", "markdown", "controls", "direction", "surrogate"],
)
def test_whatever_is_typed_is_kept_as_text(typed: str, kept: str) -> None:
    context = company()
    number = started(context)

    assert save_note(context, number, "section 2", typed, 0).text == kept
    win = wins.add_win(context, number, typed)
    assert win.text == " ".join(kept.split())
    assert seen(context, number).wins == (win,)


@pytest.mark.parametrize(
    "subject",
    [
        "section 9",
        "item 1",
        "blocker 1 facts",
        "blocker 1",
        "section 1 facts",
        "section 01",
        "section ²",
        "minutes 1",
        "",
        "x" * 100_000,
    ],
)
def test_a_subject_that_does_not_exist_is_refused(subject: str) -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="There is no"):
        save_note(context, number, subject, "Words", 0)


def test_ideas_wait_until_facts_trials_and_problem_are_written() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, title="Late quotes").blocker_id
    save_note(context, number, f"blocker {blocker} facts", "12 of 30 took a week", 0)

    with pytest.raises(Refused) as error:
        save_note(context, number, f"blocker {blocker} ideas", "Hire somebody", 0)

    assert "Still missing: what was tried and the real problem" in said(error)


def test_once_they_are_written_ideas_may_come() -> None:
    context = company()
    number = started(context)
    blocker = understood(context, number)

    save_note(context, number, f"blocker {blocker} ideas", "A price list on Mondays", 0)

    (found,) = seen(context, number).blockers
    assert found.ideas == "A price list on Mondays"
    assert found.problem == "Nobody has the prices of the new range"
