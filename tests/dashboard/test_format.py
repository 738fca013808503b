"""Numbers, money and targets as each language writes them."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from dashboard import format as shown
from dashboard.text import Language, render
from pipelines.analysis.judgement import Aim
from pipelines.errors import msg
from pipelines.kpis.definition import Unit
from pipelines.kpis.quantity import Quantity
from pipelines.kpis.values import Point
from pipelines.periods import Grain, Period
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


@pytest.mark.parametrize(
    ("language", "difference", "written"),
    [
        ("en", 0.01, "+1 pt"),
        ("en", -0.01, "−1 pt"),
        ("en", 0.015, "+1.5 pts"),
        ("en", 0.0, "0 pts"),
        ("fr", 0.01, "+1 pt"),
        ("fr", 0.015, "+1,5 pt"),
        ("fr", 0.0199, "+2 pts"),
        ("fr_CA", -0.02, "−2 pts"),
        ("fr_CA", 0.0, "0 pt"),
    ],
)
def test_a_point_is_one_as_each_language_counts(
    language: Language, difference: float, written: str
) -> None:
    assert shown.gap(difference, Unit.PERCENT, language) == written


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
    ("language", "aim", "written"),
    [
        ("en", Aim(0.1, at_most=True), "at most 10%"),
        ("fr", Aim(0.1, at_most=True), f"au plus 10{_NB}%"),
        ("fr_CA", Aim(0.1), f"10{_NB}%"),
    ],
)
def test_a_sentence_says_a_ceiling_in_words(language: Language, aim: Aim, written: str) -> None:
    assert shown.aim(aim, Unit.PERCENT, language, in_words=True) == written


@pytest.mark.parametrize(
    ("language", "currency", "numerator", "denominator", "written"),
    [
        ("en", None, 3, 12, "3 of 12"),
        ("en", None, 12_345, 30_000, "12,345 of 30,000"),
        ("en", "CAD", 30_693.22, 108_126.5, "$30.7K of $108.1K"),
        ("fr", "EUR", 450, 900, f"450{_NB}€ sur 900{_NB}€"),
        ("fr_CA", "CAD", 30_693.22, 108_126.5, f"30,7{_NB}k$ sur 108,1{_NB}k$"),
        # 30.4%, which neither 320 of 1,060 nor 320 of 1,055 makes
        ("fr_CA", "CAD", 320_450, 1_055_320, f"320,5{_NB}k$ sur 1{_NB}055,3{_NB}k$"),
        ("en", "CAD", 320_450, 1_055_320, "$320.5K of $1,055.3K"),
        ("en", "CAD", 0, 5_000, "$0 of $5,000"),
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


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ("Oct 26 – Nov 1, 2026", "Jun 1 – 7, 2026", "Nov 9 – 15, 2026")),
        ("fr", ("26 oct. – 1er nov. 2026", "1er–7 juin 2026", "9–15 nov. 2026")),
        ("fr_CA", ("26 oct. – 1er nov. 2026", "1er–7 juin 2026", "9–15 nov. 2026")),
    ],
)
def test_days_of_a_week_are_short_and_french_counts_the_first_of_a_month_there_too(
    language: Language, written: tuple[str, str, str]
) -> None:
    weeks = [
        Period(monday, monday + timedelta(days=7), Grain.WEEK)
        for monday in (date(2026, 10, 26), date(2026, 6, 1), date(2026, 11, 9))
    ]

    shown_days = [shown.period_dates(week, language) for week in weeks]

    assert tuple(days.replace("\N{THIN SPACE}", " ") for days in shown_days) == written


@pytest.mark.parametrize(
    ("language", "number", "target", "written"),
    [
        # in whole thousands the gap would be a thousand, or nothing
        ("fr_CA", 101_450, 101_562, (f"101,5{_NB}k$", f"101,6{_NB}k$", f"−0,1{_NB}k$")),
        ("en", 101_450, 101_562, ("$101.5K", "$101.6K", "−$0.1K")),
        # 152 - 102 is not 51
        ("fr_CA", 152_450, 101_562, (f"152,5{_NB}k$", f"101,6{_NB}k$", f"+50,9{_NB}k$")),
        ("en", 152_450, 101_562, ("$152.5K", "$101.6K", "+$50.9K")),
        ("fr_CA", 129_550, 101_562, (f"130{_NB}k$", f"102{_NB}k$", f"+28{_NB}k$")),
        ("en", 129_550, 101_562, ("$130K", "$102K", "+$28K")),
        # even a decimal hides what is apart
        ("fr_CA", 101_540, 101_562, (f"101{_NB}540{_NB}$", f"101{_NB}562{_NB}$", f"−22{_NB}$")),
        ("en", 101_540, 101_562, ("$101,540", "$101,562", "−$22")),
        ("en", 0, 101_562, ("$0", "$102K", "−$102K")),
        # of millions, a small gap is told as it is alone
        ("en", 1_523_400, 1_500_000, ("$1,523.4K", "$1,500K", "+$23.4K")),
        ("en", 1_300_200, 1_300_000, ("$1,300,200", "$1,300,000", "+$200")),
        ("en", 1_600_000, 1_500_000, ("$1.6M", "$1.5M", "+$0.1M")),
    ],
)
def test_the_gap_of_a_row_is_what_a_reader_finds_by_subtracting_what_is_shown(
    language: Language, number: float, target: float, written: tuple[str, str, str]
) -> None:
    row = shown.figures(
        number,
        Aim(target),
        number - target,
        Unit.MONEY,
        language,
        currency="CAD",
        compact=True,
    )

    assert (row.number, row.target, row.gap) == written


def test_rates_counts_and_days_subtract_as_shown_too() -> None:
    # 57.15 % less 30.06 % are 27.09 points; shown are 57.2, 30.1 and so 27.1
    rate = shown.figures(0.5715, Aim(0.3006), 0.2709, Unit.PERCENT, "en")
    count = shown.figures(9, Aim(11, at_most=True), -2, Unit.COUNT, "fr_CA")
    days = shown.figures(44.26, Aim(40.24), 4.02, Unit.DAYS, "en")

    assert (rate.number, rate.target, rate.gap) == ("57.2%", "30.1%", "+27.1 pts")
    assert (count.number, count.target, count.gap) == ("9", f"≤{_NB}11", "−2")
    assert (days.number, days.target, days.gap) == ("44.3 d", "40.2 d", "+4.1 d")


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        (70_850, Unit.MONEY, "$70.9K"),  # to even it would be 70.8
        (999_499, Unit.MONEY, "$999K"),
        (999_500, Unit.MONEY, "$1M"),
        (-49_450, Unit.MONEY, "\N{MINUS SIGN}$49.5K"),
        (140.125, Unit.COUNT, "140.13"),
        (0.3125, Unit.PERCENT, "31.3%"),
        (12.25, Unit.DAYS, "12.3 d"),
        (-0.0004, Unit.PERCENT, "0%"),
    ],
)
def test_halves_are_rounded_alike_alone_and_beside_a_target(
    number: float, unit: Unit, written: str
) -> None:
    assert shown.value(number, unit, "en", currency="CAD", compact=True) == written
    beside = shown.figures(number, Aim(number), 0.0, unit, "en", currency="CAD", compact=True)
    assert beside.number == written


def test_what_is_not_compared_has_a_number_and_a_target_and_no_gap() -> None:
    running = shown.figures(
        45_450, Aim(101_562), None, Unit.MONEY, "en", currency="CAD", compact=True
    )

    assert (running.number, running.target, running.gap) == ("$45.5K", "$102K", "–")


@pytest.mark.parametrize(
    ("at", "language", "written"),
    [
        (time(9), "fr_CA", f"9{_NB}h"),
        (time(0, 24), "fr_CA", f"0{_NB}h{_NB}24"),
        (time(14, 5), "fr_CA", f"14{_NB}h{_NB}05"),
        (time(9), "fr", "09:00"),
    ],
)
def test_quebec_writes_hours_without_leading_zeros(
    at: time, language: Language, written: str
) -> None:
    assert shown.time_of_day(at, language) == written


def test_a_number_in_a_message_is_written_in_the_readers_language_with_its_unit() -> None:
    message = msg(
        "{gap} of {whole}",
        gap=Quantity(Decimal("-42000.55"), Unit.MONEY, "CAD", signed=True),
        whole=Quantity(0.25, Unit.PERCENT),
    )

    assert render(message, "en") == "−$42K of 25%"
    assert render(message, "fr_CA") == f"−42{_NB}k$ of 25{_NB}%"
    assert str(message) == "-42000.55 of 0.25"


@pytest.mark.parametrize("unit", list(Unit))
def test_a_difference_that_is_shown_as_nothing_has_no_sign(unit: Unit) -> None:
    nothing = shown.gap(0.0, unit, "fr_CA", currency="CAD", compact=True)

    assert shown.gap(-0.0003, unit, "fr_CA", currency="CAD", compact=True) == nothing
    assert shown.gap(0.0003, unit, "fr_CA", currency="CAD", compact=True) == nothing
    assert shown.gap(-30, unit, "fr_CA", currency="CAD", compact=True) != nothing


@pytest.mark.parametrize(
    ("number", "unit", "kept"),
    [
        (23.25, Unit.COUNT, 23.3),
        (0.28925, Unit.PERCENT, 0.289),
        (41.25, Unit.DAYS, 41.3),
        (95_462.5, Unit.MONEY, 95_463),
        (-23.25, Unit.COUNT, -23.3),
    ],
)
def test_an_average_keeps_as_many_digits_everywhere(number: float, unit: Unit, kept: float) -> None:
    assert shown.average(number, unit) == kept
