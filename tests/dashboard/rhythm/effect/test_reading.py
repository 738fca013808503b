from datetime import date, datetime, time, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.effect.discipline import Mark, Point
from dashboard.rhythm.effect.gauge import MeetingEffect, Reading
from dashboard.rhythm.effect.kept import Kept, Promise
from dashboard.rhythm.effect.reading import effects, read_discipline, read_gauge
from dashboard.rhythm.meeting import closing, deciding, preparing, running
from dashboard.rhythm.meeting.model import Kind, Purpose, Status
from dashboard.rhythm.meeting.reading import MeetingLine
from dashboard.rhythm.meeting.shelf import closed_meetings
from pipelines import clock
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.kpis.choice import Choice
from tests.builders.warehouse import imported, warehouse_with, weekly

TEAM = ("Louise Gagnon", "Zoé Côté", "Marc Roy", "Étienne Ouellet")
MONDAY = date(2026, 10, 19)


def line(day: date, decisions: int = 0, rating: float | None = None) -> MeetingLine:
    return MeetingLine(
        meeting_id=1,
        kind=Kind.WEEKLY,
        purpose=Purpose.DECIDE,
        held_on=day,
        status=Status.CLOSED,
        minutes_taken=30.0,
        planned_minutes=30,
        decisions=decisions,
        actions=decisions,
        worked=0,
        in_time=True,
        rating=rating,
        numbers_meeting=False,
    )


def test_everything_counts_for_one_meeting_only() -> None:
    weeks = [MONDAY + timedelta(weeks=n) for n in range(3)]
    promises = [
        Promise(weeks[0] - timedelta(days=8), on_time=True),  # before anybody met
        Promise(weeks[0] - timedelta(days=7), on_time=False),
        Promise(weeks[0], on_time=True),  # its day is not over when the first meeting looks
        Promise(weeks[1] - timedelta(days=1), on_time=True),
        Promise(weeks[2] + timedelta(days=1), on_time=True),  # for a meeting to come
    ]
    good = [weeks[0] - timedelta(weeks=1), weeks[0], weeks[2], weeks[2] + timedelta(weeks=5)]

    found = effects([line(weeks[0], 1, 8.0), line(weeks[1], 2), line(weeks[2])], promises, good)

    assert found == (
        MeetingEffect(weeks[0], 8.0, due=1, on_time=0, decisions=1, signals=1),
        MeetingEffect(weeks[1], None, due=2, on_time=2, decisions=2, signals=0),
        MeetingEffect(weeks[2], None, due=0, on_time=0, decisions=0, signals=2),
    )


def meet(
    context: Context,
    patch: pytest.MonkeyPatch,
    day: date,
    *,
    minutes: int = 28,
    decide: bool = False,
    score: int = 9,
) -> None:
    """Hold a weekly meeting from beginning to end."""
    begin = datetime.combine(day, time(14))
    there = context.on(day)
    patch.setattr(clock, "now", lambda: begin)
    number = preparing.plan_meeting(there, day=day, chair=TEAM[0], invited=TEAM).meeting_id
    running.start(there, number)
    for name in TEAM:
        running.mark(there, number, name, 1, present=True)
    if decide:
        deciding.decide(there, number, f"Call them ({day})", TEAM[1], day + timedelta(days=3))
    patch.setattr(clock, "now", lambda: begin + timedelta(minutes=minutes))
    for name in TEAM:
        closing.rate(there.by(Actor(name)), number, score)
    closing.close(there, number)


def company() -> Context:
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 10, 10, 10, 10]
    return warehouse_with(
        *weekly("2026-08-31", values), imported("deals", "2026-12-07"), today="2026-11-18"
    )


def test_meetings_that_please_and_change_nothing_are_an_illusion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    for week in range(4):
        meet(context, monkeypatch, MONDAY + timedelta(weeks=week), decide=True)

    found = read_gauge(context)

    # decided on 19 and 26 October, 2 and 9 November, due three days later, never done; the
    # meeting of 9 November is the last one that looked at a missed date
    assert found.reading is Reading.ILLUSION
    assert (found.rating, found.decisions, found.due, found.on_time) == (9.0, 4, 3, 0)


def test_three_meetings_are_not_enough_for_the_gauge(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    for week in range(3):
        meet(context, monkeypatch, MONDAY + timedelta(weeks=week))

    assert read_gauge(context).reading is Reading.NOT_YET


def test_the_checklist_is_measured_from_the_meetings_that_were_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    meet(context, monkeypatch, date(2026, 10, 26))
    meet(context, monkeypatch, date(2026, 11, 9), minutes=34)
    done = add_action(context.on(MONDAY), "Write", "Marc Roy", date(2026, 11, 6))
    complete(context.on(date(2026, 11, 6)), done.action_id, done.version)
    add_action(context.on(MONDAY), "Call", "Zoé Côté", date(2026, 11, 20))

    found = {one.point: one for one in read_discipline(context).lines}

    # weeks of 26 October, 2 and 9 November; that of 16 November is still running
    assert (found[Point.HELD].part, found[Point.HELD].whole) == (2, 3)
    assert (found[Point.IN_TIME].part, found[Point.IN_TIME].whole) == (1, 2)
    assert (found[Point.KEPT].part, found[Point.KEPT].whole) == (1, 1)
    assert (found[Point.OWNED].part, found[Point.OWNED].whole) == (1, 1)
    assert found[Point.MONTHLY].mark is Mark.DUE
    assert found[Point.QUARTERLY].mark is Mark.NOT_YET


def test_whoever_sees_only_their_own_commitments_reads_the_companys_discipline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    meet(context, monkeypatch, date(2026, 11, 9))
    add_action(context.on(MONDAY), "Call", "Marc Roy", date(2026, 11, 6))
    scope = Scope(frozenset({"Zoé Côté"}), margins=False, ratings=False)

    assert read_discipline(context.by(Actor("Zoé Côté", scope=scope))) == read_discipline(context)


def test_minutes_and_discipline_count_the_same_commitments(monkeypatch: pytest.MonkeyPatch) -> None:
    context = company()
    for week in range(4):
        meet(context, monkeypatch, MONDAY + timedelta(weeks=week), decide=week != 1)

    found = read_gauge(context).meetings
    minutes = {one.line.held_on: one.kept for one in closed_meetings(context)}
    line = next(one for one in read_discipline(context).lines if one.point is Point.KEPT)

    # decided on 19 October and 2 November, due three days later, never done: each counts once,
    # though both are still late in the last meeting; what was decided last is not due yet
    assert [(one.on_time, one.due) for one in found] == [(0, 0), (0, 1), (0, 0), (0, 1)]
    assert [minutes[one.held_on] for one in found] == [Kept(one.on_time, one.due) for one in found]
    assert (line.part, line.whole) == (0, 2)


def test_a_signal_counts_in_the_week_whose_page_first_showed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 11 from 5 October on: the eighth in a row, of 23 November, makes a run, and today's page marks
    # all of it
    values = [9, 11, 9, 11, 9, 11, 11, 11, 11, 11, 11, 11, 11]
    context = warehouse_with(
        *weekly("2026-08-31", values), imported("deals", "2026-11-30"), today="2026-12-02"
    )
    chosen = (Choice("deals_won", None, 1),)
    monkeypatch.setattr("dashboard.rhythm.effect.reading.chosen", lambda _: chosen)
    for day in ("2026-10-06", "2026-11-03", "2026-11-17", "2026-12-01"):
        meet(context, monkeypatch, date.fromisoformat(day))

    assert [one.signals for one in read_gauge(context).meetings] == [0, 0, 1, 0]
