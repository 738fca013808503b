from datetime import date

import pytest

from dashboard.rhythm.gap_review.building import coming_review, gap_review, reviewed_month
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.landing.model import Method
from pipelines.periods import Grain
from tests.builders.gaps import OCTOBER
from tests.builders.meetings import TEAM, clock_at, company, steering
from tests.builders.warehouse import add, imported, weekly

KPI = "deals_won"


def test_files_that_tell_no_stages_are_enough_for_gaps_and_a_landing() -> None:
    context = company(
        *weekly("2025-09-01", [10] * 56),
        *weekly("2026-09-28", [0, 1, 1, 1, 1, 9]),
        today="2026-11-10",
    )
    set_target(context, TargetRequest(KPI, 40, date(2025, 1, 1), per=Grain.MONTH))

    review = gap_review(context)

    assert review.month == OCTOBER
    assert review.proposed
    (gap,) = review.gaps
    assert gap.month is not None
    assert (gap.month.actual, gap.month.target, gap.month.gap) == (4, 40, -36)
    assert gap.landing is not None
    assert gap.landing.method is Method.KNOWN_DEALS
    assert [one.definition.key for one in review.records] == [KPI]


def test_a_review_looks_at_the_kpis_that_the_company_chose_in_their_order() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])

    review = gap_review(context)

    assert [one.definition.key for one in review.gaps] == [
        *("new_opportunities", "meetings_held", "deals_won", "sales_won", "win_rate"),
    ]
    assert not review.proposed
    assert review.gaps[2].responsible == "Marc Roy"


def test_a_company_without_anything_has_a_review_that_says_so() -> None:
    review = gap_review(company())

    assert (review.gaps, review.former, review.intakes) == ((), None, ())


def test_a_review_looks_at_the_last_month_that_is_over_on_its_day() -> None:
    context = company(today="2026-11-17")

    november = reviewed_month(context, date(2026, 12, 8))  # still to come
    past = reviewed_month(context, date(2026, 10, 6))

    assert november == OCTOBER
    assert past.start == date(2026, 9, 1)


def test_files_count_from_the_last_review_whichever_month_it_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hands = clock_at(monkeypatch, "2026-10-06 14:00:00")
    september = company(today="2026-10-06")
    reviewed(september)
    add(september, imported("deals", "2026-10-20", file_name="october.csv", added=1, rows_read=1))
    hands.go(days=28)
    october = september.on(date(2026, 11, 3))
    reviewed(october)
    # of one moment: in which order they came in says nothing
    add(october, imported("deals", "2026-11-10", file_name="november.csv", added=1, rows_read=1))
    add(october, imported("activities", "2026-11-10", file_name="calls.csv", added=1, rows_read=1))
    hands.go(days=13)
    now = october.on(date(2026, 11, 16))

    again, next_one = gap_review(now), coming_review(now, date(2026, 12, 8))

    assert (again.month, next_one.month.start) == (OCTOBER, date(2026, 11, 1))
    for review in (again, next_one):
        assert [one.file_name for one in review.intakes] == ["calls.csv", "november.csv"]
        assert review.last_on == date(2026, 11, 3)


def reviewed(context: Context) -> None:
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    closing.close(context, number)


def test_another_choice_is_another_review() -> None:
    context = steering([5, 5, 5, 5, 5, 4, 4, 4])
    keys = ("new_opportunities", "meetings_held", "win_rate", "deals_won", "average_deal")

    choose(context, [(key, None) for key in keys])

    assert [one.definition.key for one in gap_review(context).gaps] == list(keys)
