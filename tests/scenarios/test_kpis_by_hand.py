"""Every KPI of the sample company: the product against plain Python, straight from the files."""

from datetime import date, timedelta
from functools import cache

import pytest

from pipelines.kpis.series import read_series
from pipelines.kpis.values import Series
from pipelines.periods import Grain
from pipelines.sample import PEOPLE
from tests.builders import by_hand
from tests.builders.by_hand import FIRST_DAY, TODAY, Company
from tests.builders.sample import sample_context

KPIS = (
    "sales_won",
    "deals_won",
    "average_deal",
    "win_rate",
    "sales_cycle",
    "gross_margin",
    "gross_margin_rate",
    "new_opportunities",
    "pipeline_created",
    "proposals_sent",
    "meetings_held",
    "no_show_rate",
)
GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)


@cache
def company() -> Company:
    return Company()


@cache
def series(key: str, grain: Grain, by: str | None = None) -> list[Series]:
    return read_series(sample_context(), [key], grain, by=by)


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("key", KPIS)
def test_every_period_of_the_company_is_what_counting_by_hand_gives(key: str, grain: Grain) -> None:
    (found,) = series(key, grain)
    product = {point.period.start: point.value for point in found.points}
    counted = {
        point.period.start: company().kpi(key, point.period.start, min(point.period.end, TODAY))
        for point in found.points
    }

    assert found.unavailable is None
    assert product.keys() == counted.keys()
    assert product == pytest.approx(counted, abs=1e-9)


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("key", KPIS)
def test_every_period_of_every_person_is_what_counting_by_hand_gives(
    key: str, grain: Grain
) -> None:
    found = series(key, grain, by="owner")

    assert {one.group for one in found} == set(PEOPLE)
    for one in found:
        product = {point.period.start: point.value for point in one.points}
        counted = {
            point.period.start: company().kpi(
                key, point.period.start, min(point.period.end, TODAY), one.group
            )
            for point in one.points
        }
        assert product == pytest.approx(counted, abs=1e-9)


@pytest.mark.parametrize("key", KPIS)
def test_a_series_covers_the_thirty_six_months_without_a_gap(key: str) -> None:
    (found,) = series(key, Grain.WEEK)
    starts = [point.period.start for point in found.points]

    # nothing is won in the first weeks of a CRM
    assert FIRST_DAY <= starts[0] <= FIRST_DAY + timedelta(weeks=4)
    assert starts == [starts[0] + timedelta(weeks=n) for n in range(len(starts))]
    assert starts[-1] == TODAY
    assert [point.partial for point in found.points] == [False] * (len(starts) - 1) + [True]


def test_the_twelve_numbers_of_the_last_finished_week() -> None:
    week = date(2026, 11, 9)
    revenue = 108_126.70  # twelve invoices, F-11578 to F-11589
    cost = 77_433.76
    expected = {
        "sales_won": 10_000 + 11_950 + 67_800 + 39_800,
        "deals_won": 4,
        "average_deal": 32_387.50,
        "win_rate": 4 / 7,
        "sales_cycle": (51 + 52) / 2,  # 40, 51, 52 and 56 days
        "gross_margin": 30_692.94,
        "gross_margin_rate": (revenue - cost) / revenue,
        "new_opportunities": 11,
        "pipeline_created": 275_100,  # eleven opportunities
        "proposals_sent": 6,
        "meetings_held": 14,
        "no_show_rate": 0,
    }

    for key in KPIS:
        (found,) = series(key, Grain.WEEK)
        points = {point.period.start: point.value for point in found.points}
        assert points[week] == pytest.approx(expected[key]), key


def test_rates_show_their_two_parts() -> None:
    (rate,) = series("win_rate", Grain.WEEK)
    point = rate.points[-2]

    assert (point.numerator, point.denominator) == (4, 7)


def test_a_deal_that_vanished_from_the_crm_still_counts() -> None:
    week, next_week = date(2026, 10, 5), date(2026, 10, 12)  # it was created on 9 October
    still_there = [
        deal
        for deal in by_hand.deals(by_hand.SECOND_EXPORT).values()
        if week <= deal.created < next_week
    ]
    (found,) = series("new_opportunities", Grain.WEEK)
    points = {point.period.start: point.value for point in found.points}

    assert len(still_there) == 12
    assert points[week] == 12 + 1
