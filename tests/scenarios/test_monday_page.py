"""The sample company's Monday: what the planted truths make the product say."""

from datetime import date, timedelta
from functools import cache

import pytest

from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.review import Review
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries, Signal, Verdict
from pipelines.kpis.assess import assess
from pipelines.periods import Grain
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_context

REMINDERS = date(2026, 8, 3)
LOST_WEEK = date(2026, 11, 9)


@cache
def judged(key: str) -> JudgedSeries:
    (found,) = assess(sample_context(), [key], Grain.WEEK)
    return found


def point(key: str, week: date) -> JudgedPoint:
    return next(one for one in judged(key).points if one.point.period.start == week)


@cache
def review() -> Review:
    return weekly_review(sample_context())


def test_every_week_since_the_reminders_has_a_favourable_no_show_signal() -> None:
    since = [
        one
        for one in judged("no_show_rate").points
        if one.point.period.start >= REMINDERS and not one.point.partial
    ]

    assert len(since) == 15
    assert all(one.signal and one.favourable for one in since)


def test_no_shows_fall_below_their_natural_limits() -> None:
    last = point("no_show_rate", LOST_WEEK)

    assert last.signal is Signal.OUTSIDE
    assert last.verdict is Verdict.LEARN


def test_no_week_of_the_year_before_the_reminders_looked_like_it() -> None:
    before = [
        one
        for one in judged("no_show_rate").points
        if REMINDERS - timedelta(weeks=52) <= one.point.period.start < REMINDERS
        # in the quiet fortnights few meetings make wild rates
        and (one.point.sample or 0) >= 15
    ]

    assert len(before) > 40
    assert not [one for one in before if one.signal is Signal.OUTSIDE]


def test_the_lost_week_asks_for_its_cause() -> None:
    last = point("meetings_held", LOST_WEEK)

    assert last.point.value == 14
    assert last.signal is Signal.RANGE
    assert last.favourable is False
    assert last.verdict is Verdict.FIND_THE_CAUSE


def test_eroding_margin_asks_for_its_cause() -> None:
    assert point("gross_margin_rate", LOST_WEEK).verdict is Verdict.FIND_THE_CAUSE


@pytest.mark.parametrize(
    ("key", "verdict"),
    [
        ("meetings_held", Verdict.FIND_THE_CAUSE),
        ("gross_margin_rate", Verdict.FIND_THE_CAUSE),
        ("no_show_rate", Verdict.LEARN),
        ("proposals_sent", Verdict.CHANGE_THE_SYSTEM),  # 6 of 9, and that is routine
        ("new_opportunities", Verdict.QUIET),  # 11 of 11
        ("sales_won", Verdict.QUIET),  # 129,550 $ of about 100,000 $
        ("win_rate", Verdict.TOO_FEW),  # 4 of 7: fewer than ten deals finished
    ],
)
def test_the_monday_page_has_something_of_everything(key: str, verdict: Verdict) -> None:
    (row,) = (row for row in review().rows if row.definition.key == key)

    assert row.latest is not None
    assert row.latest.verdict is verdict


def test_exceptions_come_first() -> None:
    keys = [row.definition.key for row in review().rows]

    assert set(keys[:2]) == {"meetings_held", "gross_margin_rate"}
    assert not review().proposed


def test_one_action_is_late_and_three_are_due_this_week() -> None:
    assert [line.owner for line in review().late] == ["Étienne Ouellet"]
    assert [line.due_on for line in review().due] == [
        TODAY + timedelta(days=2),
        TODAY + timedelta(days=3),
        TODAY + timedelta(days=4),
    ]


def test_the_newest_files_are_named() -> None:
    assert {line.file_name for line in review().files} == {
        "hubspot-crm-exports-toutes-les-transactions-2026-11-16.csv",
        "hubspot-crm-exports-activites-2026-11-16.csv",
        "factures-2026-11-16.csv",
    }
