"""Numbers, money and targets as each language writes them."""

from datetime import date

import pytest

from dashboard import format as shown
from dashboard.text import Language
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Unit
from pipelines.kpis.values import Point
from tests.builders.reviews import kpi, week

_NB = "\N{NO-BREAK SPACE}"
_NNB = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "currency", "full", "short"),
    [
        ("en", "CAD", "$152,340", "$152K"),
        ("en", "EUR", "€152,340", "€152K"),
        ("fr", "EUR", f"152{_NNB}340{_NB}€", f"152{_NB}k{_NB}€"),
        ("fr_CA", "CAD", f"152{_NB}340{_NB}$", f"152{_NB}k$"),
    ],
)
def test_money_is_written_as_the_country_writes_it(
    language: Language, currency: str, full: str, short: str
) -> None:
    def money(*, compact: bool) -> str:
        return shown.value(152_340, Unit.MONEY, language, currency=currency, compact=compact)

    assert (money(compact=False), money(compact=True)) == (full, short)


@pytest.mark.parametrize(
    ("amount", "short"),
    [
        (999, "$999"),
        (5_880, "$5.9K"),
        (49_120, "$49.1K"),
        (1_523_400, "$1.52M"),
        (15_234_000, "$15.2M"),
        (-5_880, "−$5.9K"),
    ],
)
def test_short_money_keeps_about_three_digits(amount: float, short: str) -> None:
    assert shown.value(amount, Unit.MONEY, "en", currency="CAD", compact=True) == short


@pytest.mark.parametrize(
    ("language", "rate", "difference"),
    [
        ("en", "33.3%", "−8 pts"),
        ("fr", f"33,3{_NB}%", "−8 pts"),
        ("fr_CA", f"33,3{_NB}%", "−8 pts"),
    ],
)
def test_rates_are_percentages_and_their_gaps_are_points(
    language: Language, rate: str, difference: str
) -> None:
    assert shown.value(1 / 3, Unit.PERCENT, language) == rate
    assert shown.gap(-0.08, Unit.PERCENT, language) == difference


def test_a_number_that_is_not_there_is_a_dash_and_never_a_zero() -> None:
    assert shown.value(None, Unit.COUNT, "en") == "–"
    assert shown.gap(None, Unit.MONEY, "en", currency="CAD") == "–"
    assert shown.aim(None, Unit.COUNT, "en") == "–"


@pytest.mark.parametrize(
    ("aim", "written"),
    [
        (Aim(25), "25"),
        (Aim(5, at_most=True), f"≤{_NB}5"),
        (Aim(40, max_value=60), "40 – 60"),
    ],
)
def test_a_target_says_whether_it_is_a_floor_a_ceiling_or_a_range(aim: Aim, written: str) -> None:
    assert shown.aim(aim, Unit.COUNT, "en") == written


@pytest.mark.parametrize(
    ("language", "currency", "numerator", "denominator", "written"),
    [
        ("en", None, 3, 12, "3 of 12"),
        ("en", None, 12_345, 30_000, "12,345 of 30,000"),
        ("en", "CAD", 30_693.22, 108_126.5, "$30.7K of $108K"),
        ("fr", "EUR", 450, 900, f"450{_NB}€ sur 900{_NB}€"),
        ("fr_CA", "CAD", 30_693.22, 108_126.5, f"30,7{_NB}k$ sur 108{_NB}k$"),
    ],
)
def test_the_parts_of_a_rate_bear_the_currency_when_they_are_amounts_and_only_then(
    language: Language, currency: str | None, numerator: float, denominator: float, written: str
) -> None:
    point = Point(week(), 0.25, numerator, denominator)

    assert shown.rate_parts(point, kpi(unit=Unit.PERCENT), language, currency=currency) == written


def test_the_parts_of_a_mean_are_not_told() -> None:
    point = Point(week(), 15_000, 45_000, 3)

    assert shown.rate_parts(point, kpi(unit=Unit.MONEY), "en", currency="CAD") == ""


@pytest.mark.parametrize(
    ("language", "with_year", "without"),
    [
        ("en", "Nov 1, 2026", "Nov 1"),
        ("fr", "1er nov. 2026", "1er nov."),
        ("fr_CA", "1er nov. 2026", "1er nov."),
    ],
)
def test_days_in_tables_are_short_words_and_french_counts_the_first_of_a_month(
    language: Language, with_year: str, without: str
) -> None:
    assert shown.dated(date(2026, 11, 1), language) == with_year
    assert shown.short_day(date(2026, 11, 1), language) == without
    assert shown.short_day(date(2026, 11, 11), "fr_CA") == "11 nov."
