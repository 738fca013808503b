"""Meetings of a small team: Louise owns the company, Marc manages, Zoé and Luc sell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from dashboard.rhythm.meeting import blockers, noting, preparing, running
from dashboard.rhythm.meeting.model import Meeting
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import Cap90Error
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders.warehouse import Row, closed, created, meeting, warehouse_with

#: A Tuesday, on which the weekly meeting is held where nobody chose another day.
TUESDAY = "2026-11-17"
LOUISE = Actor("Louise Gagnon")
MARC = Actor("Marc Roy")
ZOE = Actor("Zoé Côté", None, Scope(frozenset({"Zoé Côté"}), margins=False, ratings=False))
LUC = Actor("Luc Paré", None, Scope(frozenset({"Luc Paré"}), margins=False, ratings=False))
TEAM = ("Louise Gagnon", "Marc Roy", "Zoé Côté", "Luc Paré")


#: Five KPIs that the deals and meetings of ``steering`` support, with who answers for them.
FIVE = {
    "new_opportunities": "Zoé Côté",
    "meetings_held": None,
    "deals_won": "Marc Roy",
    "sales_won": None,
    "win_rate": "Luc Paré",
}


@dataclass
class Hands:
    """The hands of the computer's clock, in UTC."""

    now: datetime

    def go(self, **span: float) -> None:
        """Let time pass, or set the clock back."""
        self.now += timedelta(**span)


def clock_at(monkeypatch: pytest.MonkeyPatch, moment: str = "2026-11-17 14:00:00") -> Hands:
    """Return a clock that stands until it is moved."""
    hands = Hands(datetime.fromisoformat(moment))
    monkeypatch.setattr("pipelines.clock.now", lambda: hands.now)
    return hands


def company(*rows: Row, today: str = TUESDAY) -> Context:
    """Return a company in Louise's hands."""
    return warehouse_with(*rows, today=today).by(LOUISE)


def steering(won: Sequence[int], today: str = TUESDAY) -> Context:
    """Return a company that steers by five KPIs, with a target of five deals won a week.

    Args:
        won: In each week up to week 46 of 2026, on its Tuesday.
    """
    rows: list[Row] = []
    for back, deals in enumerate(reversed(won)):
        day = str(date(2026, 11, 10) - timedelta(weeks=back))
        rows += [closed(day, "won", 100.0)] * deals
        rows += [closed(day, "lost", 50.0), created(day, 100.0), meeting(day)]
    context = company(*rows, today=today)
    # chosen and aimed at from the beginning
    begun = context.on(date(2026, 11, 10) - timedelta(weeks=len(won)))
    choose(context, list(FIVE.items()))
    set_target(
        begun,
        TargetRequest(key="deals_won", value=5, per=Grain.WEEK, valid_from=date(2026, 1, 1)),
    )
    return context


def planned(context: Context) -> int:
    """Return the number of a weekly meeting that the team is invited to."""
    return preparing.plan_meeting(context, invited=TEAM).meeting_id


def started(context: Context) -> int:
    """Return the number of such a meeting that has begun."""
    number = planned(context)
    running.start(context, number)
    return number


def seen(context: Context, number: int) -> Meeting:
    """Return a meeting as it stands."""
    return read_meeting(context, number)


def understood(context: Context, number: int, title: str = "Quotes go out late") -> int:
    """Return the number of a blocker whose facts, trials and real problem are written."""
    blocker = blockers.make_blocker(context, number, title=title).blocker_id
    for step, text in (
        ("facts", "12 of 30 quotes took longer than a week"),
        ("tried", "A reminder on Fridays"),
        ("problem", "Nobody has the prices of the new range"),
    ):
        noting.save_note(context, number, f"blocker {blocker} {step}", text, 0)
    return blocker


def mark(context: Context, number: int, *, absent: tuple[str, ...] = ()) -> None:
    """Mark everybody as present but for some."""
    for one in seen(context, number).attendees:
        running.mark(context, number, one.name, one.version, present=one.name not in absent)


def said(error: pytest.ExceptionInfo[Cap90Error]) -> str:
    """Return a refusal in English."""
    return " ".join(render(problem, "en") for problem in error.value.problems)
