"""A company at the beginning of October 2026, looking back on its third quarter.

Thirteen weeks belong to it: from Monday 29 June, whose Thursday is 2 July, to Monday 21 September.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.rhythm.meeting import preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.plan.model import NewPriority, Plan
from dashboard.rhythm.plan.plans import adopt, draft
from dashboard.rhythm.plan.priorities import set_priority
from dashboard.rhythm.quarter import verdicts
from dashboard.rhythm.quarter.model import Decided, Item, QuarterReview, Way
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.seeing import item_as_seen
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain, Period
from tests.builders.meetings import FIVE, LOUISE, TEAM
from tests.builders.warehouse import Row, closed, created, meeting, warehouse_with

TODAY = date(2026, 10, 8)
#: The Thursday of the last week of the quarter.
LAST = date(2026, 9, 24)
#: Thirteen weeks before it and its own, with one week out of the ordinary.
WON = (*[9, 11] * 6, 10, *[9, 11] * 6, 20)


def rows_of(won: Sequence[int], last: date = LAST) -> list[Row]:
    """Return what a company does week by week: deals won on Thursdays, and a little of the rest."""
    rows: list[Row] = []
    for back, deals in enumerate(reversed(won)):
        day = str(last - timedelta(weeks=back))
        rows += [closed(day, "won", 100.0)] * deals
        rows += [closed(day, "lost", 50.0), created(day, 100.0), meeting(day)]
    return rows


def quarter_company(
    won: Sequence[int] = WON, *more: Row, last: date = LAST, **settings: Any
) -> Context:
    """Return a company in Louise's hands that has steered by five KPIs since January.

    Args:
        last: The Thursday of the last week in which deals were won.
    """
    context = warehouse_with(*rows_of(won, last), *more, today=TODAY, **settings).by(LOUISE)
    choose(context.on(date(2026, 1, 5)), list(FIVE.items()))
    return context


def aimed(context: Context) -> Context:
    """Return it with a target of ten deals won a week."""
    set_target(
        context.on(date(2026, 1, 5)),
        TargetRequest(key="deals_won", value=10, per=Grain.WEEK, valid_from=date(2026, 1, 1)),
    )
    return context


def review_meeting(context: Context) -> int:
    """Return the number of a quarterly review that has begun."""
    opened = preparing.plan_meeting(context, Kind.QUARTERLY, context.today(), invited=TEAM)
    running.start(context, opened.meeting_id)
    return opened.meeting_id


def plan_of_the_quarter(context: Context, *priorities: NewPriority) -> Plan:
    """Return the adopted plan of the third quarter."""
    then = context.on(date(2026, 6, 25))
    plan = draft(then, starts_on=date(2026, 7, 2), ends_on=date(2026, 9, 30))
    for one in priorities or (NewPriority("Sell every week", "deals_won", 10.0, 14.0),):
        plan = set_priority(then, plan.plan_id, plan.version, one)
    return adopt(then, plan.plan_id, plan.version)


def decided(
    context: Context,
    meeting_id: int,
    subject: str,
    way: Way = Way.KEEP,
    *said: str,
) -> Decided:
    """Return what was decided about something that nothing was decided about.

    Args:
        said: The reason, and what changes.
    """
    reason, change = (*said, "", "")[:2] if said else ("It helps", "")
    return verdicts.decide_on(
        context, meeting_id, subject, 0, way=way, reason=reason, change=change
    )


def looking(context: Context) -> Callable[[Period, str], Item | None]:
    """Return the way to look at the evidence about a thing as whoever asks may see it today."""

    def look(quarter: Period, subject: str) -> Item | None:
        found = whole_review(context, quarter).item(subject)
        return found and item_as_seen(found, context.actor.scope, together=False)

    return look


def told(review: QuarterReview, subject: str, language: Language = "en") -> list[str]:
    """Return the evidence about a thing."""
    item = review.item(subject)
    assert item is not None, subject
    return [render(fact.said, language) for fact in item.facts]
