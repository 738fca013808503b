"""What the rituals of a quarter say: held of due, length, ratings beside effect, commitments."""

from datetime import date, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.plan.one_to_ones import hold
from dashboard.rhythm.quarter.model import RitualNumbers
from dashboard.rhythm.quarter.reading import quarter_review
from pipelines.actor import Actor
from pipelines.context import Context
from tests.builders.meetings import MARC, TEAM, clock_at, mark
from tests.builders.plans import personal
from tests.builders.quarters import quarter_company, told

#: Five Tuesdays in a row, of ten weeks that were due until the end of September.
TUESDAYS = [date(2026, 7, 28) + timedelta(weeks=one) for one in range(5)]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Context:
    """Return a company that held five weekly meetings; the first took twice its time."""
    context = quarter_company()
    for place, day in enumerate(TUESDAYS):
        hands = clock_at(monkeypatch, f"{day} 14:00:00")
        then = context.on(day)
        number = preparing.plan_meeting(then, day=day, invited=TEAM).meeting_id
        running.start(then, number)
        mark(then, number)
        # three of four rate all of them, two rate the last one
        for name in TEAM[: 3 if place < 4 else 2]:
            closing.rate(then.by(Actor(name)), number, 8)
        hands.go(minutes=60 if place == 0 else 30)
        closing.close(then, number)
    return context


def numbers(context: Context, ritual: str) -> RitualNumbers:
    item = quarter_review(context).item(f"ritual {ritual}")
    assert item is not None
    assert item.ritual is not None
    return item.ritual


def test_held_of_due_and_how_long_it_took(held: Context) -> None:
    found = numbers(held, "weekly")

    # from the week of 27 July to that of 21 September, and that of the 28th, which ends in October
    assert (found.held, found.due) == (5, 10)
    # (60 + 4 · 30) / 5
    assert (found.planned_minutes, found.taken_minutes, found.in_time) == (30, 36, 4)
    assert found.numbers_meetings == 5


def test_it_says_on_which_days_a_ritual_was_held(held: Context) -> None:
    once = quarter_review(held, held.calendar.parse("2026-Q3"))
    said = told(once, "ritual weekly")

    # 28 July and four weeks on
    assert said[0] == "Held 5 times, from Jul 28, 2026 to Aug 25, 2026; due 10 times."
    assert "36 minutes on average, 30 planned; 4 of 5 on time." in said


def test_a_ritual_held_once_names_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    context = quarter_company()
    clock_at(monkeypatch, "2026-07-14 14:00:00")
    then = context.on(date(2026, 7, 14))
    number = preparing.plan_meeting(then, Kind.QUARTERLY, then.today(), invited=TEAM).meeting_id
    running.start(then, number)
    closing.close(then, number)

    review = quarter_review(context)

    assert told(review, "ritual quarterly")[0] == "Held once, on Jul 14, 2026."
    said = told(review, "ritual quarterly", "fr_CA")[0]
    assert said == "Tenue une fois, le 14 juillet 2026."


def test_a_mean_of_ratings_needs_three_answers(held: Context) -> None:
    found = numbers(held, "weekly")

    assert (found.rating, found.rated) == (8, 4)
    assert "Rated 8.0/10 on average, in 4 meetings." in told(quarter_review(held), "ritual weekly")


def test_commitments_are_those_that_fell_due_in_the_quarter(held: Context) -> None:
    for title, due, done in (
        ("Before", date(2026, 6, 25), date(2026, 6, 24)),
        ("In time", date(2026, 8, 6), date(2026, 8, 6)),
        ("Too late", date(2026, 8, 6), date(2026, 8, 20)),
        ("After", date(2026, 10, 5), date(2026, 10, 5)),
    ):
        action = add_action(held.on(due - timedelta(weeks=1)), title, "Zoé Côté", due)
        complete(held.on(done), action.action_id, action.version)

    assert numbers(held, "weekly").kept == Kept(1, 2)
    assert "1 of 2 commitments kept on their day (50%); the goal is 90%." in told(
        quarter_review(held), "ritual weekly"
    )


def test_reviews_are_due_from_the_month_after_the_rhythm_began(held: Context) -> None:
    # it began in July: August and September asked for a gap review, and nobody held one
    assert (numbers(held, "monthly").held, numbers(held, "monthly").due) == (0, 2)
    # the first quarterly review is due in the fourth quarter
    assert quarter_review(held).item("ritual quarterly") is None
    assert told(quarter_review(held), "ritual monthly") == ["Held 0 times, due 2 times."]


def test_without_any_meeting_there_is_no_ritual_to_judge() -> None:
    assert quarter_review(quarter_company()).rituals == ()


def test_one_to_ones_are_counted_and_name_nobody() -> None:
    context = quarter_company()
    then = context.on(date(2026, 7, 2))
    plan = personal(then, "Zoé Côté", starts_on=date(2026, 7, 6))
    hold(context.on(date(2026, 8, 3)).by(MARC), plan, "More time", "Fridays")

    review = quarter_review(context)

    assert told(review, "ritual one_to_one") == ["1 point held with 1 person."]
    item = review.item("ritual one_to_one")
    assert "Zoé" not in repr(item)
