"""A month that is reviewed a second time: what was decided then is said, and may be decided anew."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.building import gap_review, meeting_review
from dashboard.rhythm.gap_review.decision import Response
from dashboard.rhythm.gap_review.freezing import read_frozen
from dashboard.rhythm.gap_review.model import as_seen
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import minutes
from pipelines.actor import Scope
from pipelines.context import Context
from pipelines.kpis.catalogue import everything
from tests.builders import gaps
from tests.builders.meetings import TEAM, company

WON, RATE, MARGIN = "sales_won", "win_rate", "gross_margin"
FIRST, SECOND, THIRD = date(2026, 11, 3), date(2026, 11, 16), date(2026, 11, 20)


def reviewing(context: Context, day: date) -> tuple[Context, int]:
    """Return a company on a day, and the number of the gap review that has begun on it."""
    then = context.on(day)
    number = preparing.plan_meeting(then, Kind.MONTHLY, day, invited=TEAM).meeting_id
    running.start(then, number)
    return then, number


def accepted(context: Context, day: date, *keys: str) -> int:
    """Return the number of a closed gap review that accepted some gaps."""
    then, number = reviewing(context, day)
    for key in keys:
        deciding.accept(then, number, key, 0, f"Accepted on {day}")
    closing.close(then, number)
    return number


@pytest.fixture
def context(monkeypatch: pytest.MonkeyPatch) -> Context:
    here = company()
    margin = replace(gaps.gap(MARGIN), definition=everything(here)[MARGIN])
    gaps.look_at(monkeypatch, gaps.gap(WON), gaps.gap(RATE, 0.2, 0.3), margin)
    return here


def test_the_first_review_of_a_month_knows_of_no_other(context: Context) -> None:
    then, number = reviewing(context, FIRST)

    review = meeting_review(then, number)

    assert (review.reviewed_on, review.earlier) == ((), ())
    assert not review.is_decided(WON)


def test_a_second_review_of_a_month_says_when_it_was_reviewed_and_what_was_decided(
    context: Context,
) -> None:
    accepted(context, FIRST, WON)

    then, number = reviewing(context, SECOND)

    review = meeting_review(then, number)
    assert review.reviewed_on == (FIRST,)
    assert review.decisions == ()
    earlier = review.earlier_decision(WON)
    assert earlier is not None
    assert (earlier.held_on, earlier.decision.response) == (FIRST, Response.ACCEPT)
    assert earlier.decision.reason == "Accepted on 2026-11-03"
    assert (review.is_decided(WON), review.is_decided(RATE)) == (True, False)
    # a page that is read without a meeting says so too
    assert gap_review(then).reviewed_on == (FIRST,)


def test_of_several_reviews_the_last_decision_about_each_gap_counts(context: Context) -> None:
    accepted(context, FIRST, WON, RATE)
    accepted(context, SECOND, RATE)

    then, number = reviewing(context, THIRD)

    review = meeting_review(then, number)
    assert review.reviewed_on == (SECOND, FIRST)
    assert {one.decision.kpi: one.held_on for one in review.earlier} == {WON: FIRST, RATE: SECOND}


def test_what_is_decided_anew_is_kept_beside_what_was_decided_before(context: Context) -> None:
    accepted(context, FIRST, WON)
    number = accepted(context, SECOND, WON)

    kept = read_frozen(context.on(THIRD), number)

    assert [one.reason for one in kept.decisions] == ["Accepted on 2026-11-16"]
    assert [one.decision.reason for one in kept.earlier] == ["Accepted on 2026-11-03"]


def test_the_minutes_keep_what_holds_of_an_earlier_review(context: Context) -> None:
    accepted(context, FIRST, WON)
    number = accepted(context, SECOND, RATE)

    lines = {one.key: one for one in minutes(context.on(THIRD), number).gaps}

    then = lines[WON].earlier
    assert then is not None
    assert (then.held_on, then.decision.reason) == (FIRST, "Accepted on 2026-11-03")
    assert (lines[WON].response, lines[RATE].response) == (None, Response.ACCEPT)
    assert lines[RATE].earlier is None


def test_earlier_decisions_about_margins_are_for_those_who_see_margins(context: Context) -> None:
    accepted(context, FIRST, WON, MARGIN)
    then, number = reviewing(context, SECOND)

    seen = as_seen(meeting_review(then, number), Scope(margins=False))

    assert [one.decision.kpi for one in seen.earlier] == [WON]


def test_another_month_has_not_been_reviewed(context: Context) -> None:
    accepted(context, FIRST, WON)

    december = context.on(date(2026, 12, 8))

    assert gap_review(december).reviewed_on == ()
