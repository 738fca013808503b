"""Numbers, money, dates and periods as each language writes them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import (
    format_compact_currency,
    format_currency,
    format_decimal,
    format_percent,
)

from dashboard.text import Language, long_date, text
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Definition, Unit
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: What stands where there is no number.
NOTHING = "–"
_MINUS = "\N{MINUS SIGN}"
#: From here on money is shown in thousands where space is short.
_COMPACT_FROM = 1_000
#: Thousands get a decimal below this.
_NO_DECIMAL_FROM = 100_000
_MILLION = 1_000_000


def value(
    number: float | None,
    unit: Unit,
    language: Language,
    *,
    currency: str | None = None,
    compact: bool = False,
) -> str:
    """Return a KPI value with its unit, or a dash for None.

    Args:
        number: In the KPI's unit; percentages are fractions.
        compact: Write large amounts of money as 152 k$, for tables.
    """
    if number is None:
        return NOTHING
    match unit:
        case Unit.COUNT:
            shown = format_decimal(number, "#,##0.##", locale=language)
        case Unit.MONEY:
            shown = _money(number, currency or "", language, compact=compact)
        case Unit.PERCENT:
            digits = "#,##0.#" if compact or abs(number) < 1 else "#,##0"
            shown = format_percent(number, _percent_pattern(digits, language), locale=language)
        case Unit.DAYS:
            amount = format_decimal(number, "#,##0.#", locale=language)
            shown = text("{days} d", language, days=amount)
    return shown.replace("-", _MINUS)


def gap(
    number: float | None,
    unit: Unit,
    language: Language,
    *,
    currency: str | None = None,
    compact: bool = False,
) -> str:
    """Return a difference with its sign; differences of percentages are in points."""
    if number is None:
        return NOTHING
    if unit is Unit.PERCENT:
        points = format_decimal(number * 100, "#,##0.#", locale=language).replace("-", _MINUS)
        shown = text("{points} pts", language, points=points)
    else:
        shown = value(number, unit, language, currency=currency, compact=compact)
    return shown if number <= 0 else f"+{shown}"


def rate_parts(
    point: Point, definition: Definition, language: Language, *, currency: str | None
) -> str:
    """Return the two parts of a rate as words: 3 of 12, 30.7 k$ of 108 k$.

    Empty for plain values, and for means, whose total over a count explains nothing.

    Args:
        currency: Of the parts, where they are amounts; None where they count things.
    """
    if definition.unit is not Unit.PERCENT:
        return ""
    return parts(point.numerator, point.denominator, language, currency=currency)


def parts(
    numerator: float | None, denominator: float | None, language: Language, *, currency: str | None
) -> str:
    """Return the two parts of a rate as words; see ``rate_parts``. Empty if one is missing."""
    if numerator is None or denominator is None:
        return ""

    def part(number: float) -> str:
        if currency is None:
            return plain_number(number, language)
        return value(number, Unit.MONEY, language, currency=currency, compact=True)

    return text(
        "{part} of {whole}",
        language,
        part=part(numerator),
        whole=part(denominator),
    )


def day(when: date, language: Language) -> str:
    """Return a date in full: 21 novembre 2026."""
    return long_date(when, language)


def short_day(when: date, language: Language) -> str:
    """Return a date without its year, for sentences about these weeks: 21 nov.; 1er nov."""
    return _first(when, format_skeleton("MMMd", when, locale=language), language)


def period_name(period: Period, calendar: Calendar, language: Language) -> str:
    """Return the short name of a period: S46, oct. 2026, T3 2026."""
    year, number = calendar.number(period)
    match period.grain:
        case Grain.WEEK:
            return text("W{number}", language, number=str(number))
        case Grain.MONTH:
            return format_skeleton("yMMM", period.start, locale=language)
        case Grain.QUARTER:
            return text("Q{number} {year}", language, number=str(number), year=str(year))
        case Grain.YEAR:
            return str(year)


def period_dates(period: Period, language: Language) -> str:
    """Return the days of a period: 9–15 nov. 2026."""
    return str(format_interval(period.start, period.last_day, "yMMMd", locale=language))


def _first(when: date, written: str, language: Language) -> str:
    """Return a date as French writes the first of a month, which it counts."""
    return f"1er{written[1:]}" if language != "en" and when.day == 1 else written


def _money(number: float, currency: str, language: Language, *, compact: bool) -> str:
    # in English a Canadian company writes $, not CA$
    locale = "en_CA" if (language, currency) == ("en", "CAD") else language
    if compact and abs(number) >= _COMPACT_FROM:
        return str(
            format_compact_currency(
                number, currency, locale=locale, fraction_digits=_compact_digits(abs(number))
            )
        )
    return str(
        format_currency(
            number,
            currency,
            "¤#,##0" if language == "en" else "#,##0\N{NO-BREAK SPACE}¤",
            locale=locale,
            currency_digits=False,
        )
    )


def _compact_digits(amount: float) -> int:
    """Return how many decimals leave about three digits: 5.9k, 49.1k, 152k, 1.52M."""
    if amount < _MILLION:
        return 0 if amount >= _NO_DECIMAL_FROM else 1
    return 2 if amount < 10 * _MILLION else 1


def _percent_pattern(digits: str, language: Language) -> str:
    return f"{digits}%" if language == "en" else f"{digits}\N{NO-BREAK SPACE}%"


def aim(
    target: Aim | None,
    unit: Unit,
    language: Language,
    *,
    currency: str | None = None,
    compact: bool = False,
) -> str:
    """Return a target with its unit: 25, ≤ 5 %, 40–60 k$; a dash for None."""
    if target is None:
        return NOTHING
    low = value(target.value, unit, language, currency=currency, compact=compact)
    if target.max_value is not None:
        high = value(target.max_value, unit, language, currency=currency, compact=compact)
        return f"{low} – {high}"
    return f"≤\N{NO-BREAK SPACE}{low}" if target.at_most else low


def date_field(language: Language) -> str:
    """Return how a date is typed in a form, in the terms of Streamlit's date field."""
    return "DD/MM/YYYY" if language == "fr" else "YYYY-MM-DD"


def dated(when: date, language: Language) -> str:
    """Return a date with its year, short enough for a table: 21 nov. 2026; 1er nov. 2026."""
    return _first(when, format_date(when, "medium", locale=language), language)


def plain_number(number: float | Decimal, language: Language) -> str:
    """Return a number without a unit and with at most two decimals."""
    return format_decimal(number, "#,##0.##", locale=language).replace("-", _MINUS)


def recent_day(when: date, today: date, language: Language) -> str:
    """Return a day without its year if it is of this one."""
    return short_day(when, language) if when.year == today.year else day(when, language)


def clock_time(at: datetime, timezone: str, language: Language) -> str:
    """Return the time of a moment in UTC as clocks at the company show it: 14:05, 2:05 PM."""
    return str(format_time(_there(at, timezone), "short", locale=language))


def moment(at: datetime, timezone: str, language: Language, *, seconds: bool = False) -> str:
    """Return a moment in UTC as the company sees it: 21 nov. 2026, 14:05.

    Args:
        seconds: Whether to name them too, where minutes do not tell two moments apart.
    """
    there = _there(at, timezone)
    time = format_time(there, "medium" if seconds else "short", locale=language)
    return f"{dated(there.date(), language)}, {time}"


def _there(at: datetime, timezone: str) -> datetime:
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def full_day(when: date, language: Language) -> str:
    """Return a date with its day of the week: vendredi 20 novembre 2026."""
    weekday = format_date(when, "EEEE", locale=language)
    return (
        f"{weekday}, {day(when, language)}"
        if language == "en"
        else f"{weekday} {day(when, language)}"
    )


def time_of_day(at: time, language: Language) -> str:
    """Return a time as clocks show it: 9:00 AM, 09:00, 09 h 00."""
    return str(format_time(at, "short", locale=language))
