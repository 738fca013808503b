"""How far an action is, what it should bring, and that giving it up is said and kept."""

from datetime import date

import pytest

from dashboard.rhythm.action import Action, EventKind, Status, status
from dashboard.rhythm.actions import add_action, complete, history, link, list_actions, reopen
from dashboard.rhythm.build import action_lines
from dashboard.rhythm.course import comment, comments, drop, expect, place, set_progress, take_up
from dashboard.rhythm.words import event_sentence
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import changes_after
from pipelines.people.register import list_people
from pipelines.periods import Grain
from tests.builders.warehouse import warehouse_with

FRIDAY = date(2026, 11, 27)
TODAY = date(2026, 11, 21)


def company(today: str = "2026-11-21") -> Context:
    return warehouse_with(today=today)


def call(context: Context, owner: str = "Zoé") -> Action:
    return add_action(context, "Call Érable", owner, FRIDAY, "meetings_held")


def salesperson(context: Context) -> Context:
    return context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}))))


def test_progress_is_kept_and_all_of_it_does_not_tick_the_action_off() -> None:
    context = company()
    action = set_progress(context, 1, call(context).version, 100)

    assert (action.progress, action.done_on, action.is_open) == (100, None, True)
    assert list_actions(context) == (action,)


def test_a_done_action_is_all_done_and_reopened_it_is_as_far_as_it_was() -> None:
    context = company()
    action = set_progress(context, 1, call(context).version, 40)

    done = complete(context, 1, action.version)
    assert done.progress == 100
    assert reopen(context, 1, done.version).progress == 40


@pytest.mark.parametrize("percent", [-1, 101, 10**9])
def test_progress_outside_of_0_to_100_is_refused(percent: int) -> None:
    context = company()
    with pytest.raises(Refused, match="from 0 to 100"):
        set_progress(context, 1, call(context).version, percent)


def test_a_done_action_makes_no_progress_and_one_given_up_is_not_ticked_off() -> None:
    context = company()
    done = complete(context, 1, call(context).version)
    with pytest.raises(Refused, match="done already"):
        set_progress(context, 1, done.version, 50)
    with pytest.raises(Refused, match="done already"):
        drop(context, 1, done.version, "No use")

    dropped = drop(context, 2, call(context).version, "The customer closed")
    with pytest.raises(Refused, match="given up"):
        complete(context, 2, dropped.version)
    with pytest.raises(Refused, match="given up"):
        set_progress(context, 2, dropped.version, 50)


def test_giving_up_needs_a_reason_and_can_be_taken_back() -> None:
    context = company()
    action = call(context)
    with pytest.raises(Refused, match="reason is missing"):
        drop(context, 1, action.version, " \n")
    with pytest.raises(Refused, match="too long: 100000 characters"):
        drop(context, 1, action.version, "x" * 100_000)

    dropped = drop(context, 1, action.version, "The customer closed")
    assert (dropped.dropped_on, dropped.is_open) == (TODAY, False)
    again = take_up(context, 1, dropped.version)
    assert (again.dropped_on, again.is_open) == (None, True)
    assert [event.reason for event in history(context, 1)] == [None, "The customer closed", None]


def test_what_was_given_up_is_neither_late_nor_due_nor_anybodys_to_do() -> None:
    context = company()
    drop(context, 1, call(context).version, "No use")
    week = context.calendar.last_finished(Grain.WEEK, TODAY)

    for day in (TODAY, date(2026, 12, 7)):
        assert action_lines(list_actions(context), week, day, {}) == ((), (), ())
    assert [person.open_actions for person in list_people(context)] == [()]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Status.PLANNED),
        ({"estimate": 10}, Status.RUNNING),
        ({"due_on": TODAY}, Status.PLANNED),
        ({"due_on": date(2026, 11, 20)}, Status.LATE),
        ({"due_on": date(2026, 11, 20), "estimate": 100}, Status.LATE),
        ({"due_on": date(2026, 11, 20), "done_on": TODAY}, Status.DONE),
        ({"due_on": date(2026, 11, 20), "dropped_on": TODAY}, Status.DROPPED),
    ],
)
def test_an_action_stands_in_one_place(changed: dict[str, object], expected: Status) -> None:
    values: dict[str, object] = {
        "action_id": 1,
        "title": "Call",
        "owner": "Zoé",
        "due_on": FRIDAY,
        "kpi": None,
        "created_on": TODAY,
        "done_on": None,
        "version": 1,
    }

    assert status(Action(**{**values, **changed}), TODAY) is expected  # type: ignore[arg-type]


def test_an_effect_is_about_the_kpi_of_the_action() -> None:
    context = company()
    action = call(context)

    expected = expect(context, 1, action.version, 2.5, 6)
    assert (expected.effect, expected.lag_weeks) == (2.5, 6)

    unlinked = link(context, 1, expected.version, None)
    with pytest.raises(Refused, match="linked to no KPI"):
        expect(context, 1, unlinked.version, 3, 6)
    with pytest.raises(Refused) as error:
        expect(context, 1, unlinked.version, float("nan"), 53)
    assert len(error.value.problems) == 3


def test_the_priority_of_an_action_has_to_exist() -> None:
    context = company()
    with pytest.raises(Refused, match="no priority 7"):
        place(context, 1, call(context).version, 7)
    with pytest.raises(Refused, match="no priority 7"):
        add_action(context, "Call", "Zoé", FRIDAY, priority_id=7)
    assert len(list_actions(context)) == 1


def test_a_past_day_shows_the_course_as_it_was_then() -> None:
    context = company("2026-11-09")
    seen = call(context)
    begun = set_progress(context, 1, seen.version, 30)
    later = context.on(date(2026, 11, 17))
    expected = expect(later, 1, begun.version, -1, 4)
    further = set_progress(later, 1, expected.version, 60)
    dropped = drop(later.on(date(2026, 11, 19)), 1, further.version, "No use")
    take_up(later.on(date(2026, 11, 20)), 1, dropped.version)

    assert list_actions(later, date(2026, 11, 16)) == (begun,)
    assert list_actions(later, date(2026, 11, 17)) == (further,)
    assert list_actions(later, date(2026, 11, 19)) == (dropped,)


def test_a_salesperson_says_how_far_their_own_action_is_and_no_more() -> None:
    context = company()
    own, other = call(context), call(context, "Luc")
    zoe = salesperson(context)

    assert set_progress(zoe, own.action_id, own.version, 50).progress == 50
    with pytest.raises(Refused, match="no action 2"):
        set_progress(zoe, other.action_id, other.version, 50)
    with pytest.raises(Refused, match="no action 2"):
        comment(zoe, other.action_id, "Look")
    with pytest.raises(AccessRefused):
        drop(zoe, own.action_id, 2, "No use")
    with pytest.raises(AccessRefused):
        expect(zoe, own.action_id, 2, 1, 1)


def test_comments_are_kept_with_their_author_and_disturb_nobodys_form() -> None:
    context = company()
    action = call(context)
    comment(salesperson(context), 1, " Nobody answers.\nTwice. \u202e")
    comment(context.by(Actor("Anne")), 1, "Try <b>Monday</b>")

    said = comments(context, 1)
    assert [(one.author, one.text) for one in said] == [
        ("Zoé", "Nobody answers.\nTwice."),
        ("Anne", "Try <b>Monday</b>"),
    ]
    assert complete(context, 1, action.version).done_on == TODAY
    assert comments(salesperson(context), 1) == said


@pytest.mark.parametrize("text", ["", " \n\t", "x" * 4_001])
def test_an_empty_or_endless_comment_is_refused(text: str) -> None:
    context = company()
    call(context)
    with pytest.raises(Refused):
        comment(context, 1, text)
    assert comments(context, 1) == ()


def test_a_comment_on_nothing_is_refused_and_nothing_is_said_about_it() -> None:
    context = company()
    with pytest.raises(Refused, match="no action 9"):
        comment(context, 9, "Hello")
    assert comments(context, 9) == ()


def test_two_people_who_say_different_progress_are_shown_both() -> None:
    context = company()
    action = call(context)
    set_progress(context.by(Actor("Anne")), 1, action.version, 30)

    with pytest.raises(Conflict) as error:
        set_progress(context, 1, action.version, 60)
    assert "60%" in str(error.value.mine)
    assert error.value.by == "Anne"


def test_the_history_says_it_in_words_and_the_journal_has_it_all() -> None:
    context = company()
    action = call(context)
    action = set_progress(context, 1, action.version, 30)
    action = expect(context, 1, action.version, 2.5, 6)
    action = expect(context, 1, action.version, None, None)
    action = drop(context, 1, action.version, "No use")
    take_up(context, 1, action.version)
    comment(context, 1, "Done?")

    assert [render(event_sentence(one, {}), "en") for one in history(context, 1)[1:]] == [
        "30% done, 0% before",
        "Expected to bring 2.5 after 6 weeks",
        "No effect is expected any more",
        "Given up: No use",
        "Taken up again",
    ]
    assert [one.kind for one in history(context, 1)][1:] == [
        EventKind.PROGRESSED,
        EventKind.EXPECTED,
        EventKind.EXPECTED,
        EventKind.DROPPED,
        EventKind.TAKEN_UP,
    ]
    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    assert [one.what for one in changes] == [
        "action.added",
        "action.progressed",
        "action.expected",
        "action.expected",
        "action.dropped",
        "action.taken_up",
        "action.commented",
    ]
