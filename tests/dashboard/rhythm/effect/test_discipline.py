from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.rhythm.effect.discipline import (
    Discipline,
    Facts,
    Held,
    Line,
    Mark,
    Point,
    discipline,
)
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.effect.words import line_words, streak_words
from pipelines.periods import Calendar, Period
from pipelines.workdays import WorkingDays

QUEBEC = WorkingDays("CA", "QC")
NOBODY = Facts((), (), (), 0, 0, 0, 0, Kept(0, 0))


def mondays(first: str, *held: bool) -> list[Held]:
    day = date.fromisoformat(first)
    return [Held(day + timedelta(7 * n), 28.0) for n, was_held in enumerate(held) if was_held]


def looked_at(today: str, **said: Any) -> Discipline:
    facts = Facts(**{**NOBODY.__dict__, **said})

    def works(week: Period) -> bool:
        return bool(QUEBEC.count(week))

    return discipline(facts, Calendar(), works, date.fromisoformat(today))


def line(found: Discipline, point: Point) -> Line:
    return next(one for one in found.lines if one.point is point)


def stands(found: Discipline, point: Point) -> tuple[Mark, int, int]:
    one = line(found, point)
    return one.mark, one.part, one.whole


def test_before_the_first_meeting_nothing_is_kept_or_broken() -> None:
    found = looked_at("2026-11-16")

    assert (found.since, found.streak) == (None, 0)
    assert {one.mark for one in found.lines} == {Mark.NOT_YET}
    assert [one.point for one in found.lines] == list(Point)


def test_weeks_are_counted_from_the_first_meeting_on() -> None:
    # 5, 12, 19, 26 October, 2 and 9 November; seen on Wednesday 18 November, in a week still open
    held = mondays("2026-10-05", True, True, False, True, True, True)

    found = looked_at("2026-11-18", weekly=held)

    assert found.since == date(2026, 10, 5)
    assert stands(found, Point.HELD) == (Mark.MISSED, 5, 6)
    assert found.streak == 3


def test_the_running_week_counts_once_its_meeting_was_held() -> None:
    held = mondays("2026-11-02", True, True, True)

    assert stands(looked_at("2026-11-16", weekly=held), Point.HELD) == (Mark.MET, 3, 3)
    assert looked_at("2026-11-16", weekly=held).streak == 3


def test_a_week_of_holidays_breaks_no_streak() -> None:
    def christmas(week: Period) -> bool:
        return week.start != date(2026, 12, 21)

    held = mondays("2026-12-07", True, True, False, True)
    facts = Facts(held, (), (), 0, 0, 0, 0, Kept(0, 0))

    found = discipline(facts, Calendar(), christmas, date(2027, 1, 4))

    assert (stands(found, Point.HELD), found.streak) == ((Mark.MET, 3, 3), 3)


def test_a_missed_last_week_ends_the_streak() -> None:
    assert looked_at("2026-11-16", weekly=mondays("2026-10-26", True, True, False)).streak == 0


@pytest.mark.parametrize(
    ("minutes", "mark"),
    [((30.0, 25.0), Mark.MET), ((30.1, 25.0), Mark.MISSED), ((None,), Mark.NOT_YET)],
)
def test_a_weekly_meeting_takes_thirty_minutes_at_most(
    minutes: Sequence[float | None], mark: Mark
) -> None:
    held = [Held(date(2026, 11, 2) + timedelta(7 * n), one) for n, one in enumerate(minutes)]

    assert line(looked_at("2026-11-18", weekly=held), Point.IN_TIME).mark is mark


@pytest.mark.parametrize(
    ("inputs", "outputs", "mark"),
    [
        (3, 4, Mark.MET),
        (3, 2, Mark.MET),
        (2, 2, Mark.MISSED),
        (4, 4, Mark.MISSED),
        (6, 0, Mark.MISSED),
        (0, 0, Mark.NOT_YET),
    ],
)
def test_five_to_seven_kpis_of_both_kinds(inputs: int, outputs: int, mark: Mark) -> None:
    found = looked_at("2026-11-16", inputs=inputs, outputs=outputs)

    assert line(found, Point.KPIS).mark is mark


def test_every_open_action_has_an_owner_and_a_date() -> None:
    found = looked_at("2026-11-16", open_actions=14, owned_actions=13)

    assert stands(found, Point.OWNED) == (Mark.MISSED, 13, 14)
    assert line_words(line(found, Point.OWNED), "en") == "13 of 14 (93%)"


@pytest.mark.parametrize(
    ("on_time", "late", "mark"), [(9, 1, Mark.MET), (8, 1, Mark.MISSED), (0, 0, Mark.NOT_YET)]
)
def test_nine_in_ten_commitments_are_kept(on_time: int, late: int, mark: Mark) -> None:
    kept = Kept(on_time, on_time + late)

    assert stands(looked_at("2026-11-16", kept=kept), Point.KEPT) == (mark, kept.on_time, kept.due)


@pytest.mark.parametrize(
    ("today", "reviews", "mark", "day"),
    [
        ("2026-10-30", [], Mark.NOT_YET, "2026-11-01"),  # the first month is still running
        ("2026-11-16", [], Mark.DUE, "2026-11-30"),
        ("2026-11-16", ["2026-11-04"], Mark.MET, "2026-11-04"),
        ("2026-12-02", ["2026-11-04"], Mark.DUE, "2026-12-31"),
    ],
)
def test_gaps_are_reviewed_once_a_month(
    today: str, reviews: list[str], mark: Mark, day: str
) -> None:
    weekly = mondays("2026-10-05", True)
    monthly = [Held(date.fromisoformat(one)) for one in reviews]

    found = line(looked_at(today, weekly=weekly, monthly=monthly), Point.MONTHLY)

    assert (found.mark, found.day) == (mark, date.fromisoformat(day))


def test_the_first_quarterly_review_is_due_in_the_quarter_after_the_beginning() -> None:
    weekly = mondays("2026-10-05", True)

    before = line(looked_at("2026-12-30", weekly=weekly), Point.QUARTERLY)
    due = line(looked_at("2027-01-05", weekly=weekly), Point.QUARTERLY)
    done = line(
        looked_at("2027-01-20", weekly=weekly, quarterly=[Held(date(2027, 1, 12))]),
        Point.QUARTERLY,
    )

    assert (before.mark, before.day) == (Mark.NOT_YET, date(2027, 1, 1))
    assert (due.mark, due.day) == (Mark.DUE, date(2027, 3, 31))
    assert (done.mark, done.day) == (Mark.MET, date(2027, 1, 12))


def test_a_streak_is_said_without_a_grade() -> None:
    found = looked_at("2026-11-18", weekly=mondays("2026-11-02", True, True))

    assert (
        streak_words(found, "en") == "2 weeks in a row. The first meeting was held on Nov 2, 2026."
    )
