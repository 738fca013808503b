"""Numbers, money, dates and periods as each language writes them."""

from datetime import date

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent

from dashboard.text import Language, text
from pipelines.kpis.definition import Unit
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: What stands where there is no number.
NOTHING = "–"
_MINUS = "\N{MINUS SIGN}"
#: From here on money is shown in thousands where space is short.
_COMPACT_FROM = 10_000


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


def parts(point: Point, language: Language) -> str:
    """Return the two parts of a rate as words: 3 of 12. Empty for plain values."""
    if point.numerator is None or point.denominator is None:
        return ""
    return text("{part} of {whole}", language, part=point.numerator, whole=point.denominator)


def day(when: date, language: Language) -> str:
    """Return a date in full: 21 novembre 2026."""
    return format_date(when, "long", locale=language)


def short_day(when: date, language: Language) -> str:
    """Return a date without its year: 21 nov."""
    return format_skeleton("MMMd", when, locale=language)


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


def _money(number: float, currency: str, language: Language, *, compact: bool) -> str:
    if compact and abs(number) >= _COMPACT_FROM:
        digits = 0 if abs(number) >= 10 * _COMPACT_FROM else 1
        return str(
            format_compact_currency(number, currency, locale=language, fraction_digits=digits)
        )
    return str(
        format_currency(
            number,
            currency,
            "¤#,##0" if language == "en" else "#,##0 ¤",
            locale=language,
            currency_digits=False,
        )
    )


def _percent_pattern(digits: str, language: Language) -> str:
    return f"{digits}%" if language == "en" else f"{digits} %"  # no-break space
