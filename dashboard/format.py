"""Numbers, money, dates and periods as each language writes them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent

from dashboard import money
from dashboard.text import Language, long_date, text, text_plural
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Definition, Unit
from pipelines.kpis.quantity import Quantity
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: What stands where there is no number.
NOTHING = "–"
_MINUS = "\N{MINUS SIGN}"
#: The first of a month where days of a period are written; a year has more digits.
_FIRST_DAY = re.compile(r"(?<!\d)1(?!\d)")
#: The smallest step that is shown of a number; money: see ``money.precisions``.
_STEPS = {Unit.COUNT: Decimal("0.01"), Unit.PERCENT: Decimal("0.001"), Unit.DAYS: Decimal("0.1")}
_WHOLE_PERCENT = Decimal("0.01")
#: The same of an average, such as where a KPI stood in the last weeks.
_STEPS_OF_AVERAGES = _STEPS | {Unit.COUNT: Decimal("0.1"), Unit.MONEY: Decimal(1)}


@dataclass(frozen=True)
class Figures:
    """A number, its target and the gap between them, as they stand in one row."""

    number: str
    target: str
    gap: str


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
            shown = format_decimal(_half_up(number, _STEPS[unit]), "#,##0.##", locale=language)
        case Unit.MONEY:
            shown = money.amount(number, currency or "", language, compact=compact)
        case Unit.PERCENT:
            exact = compact or abs(number) < 1
            digits, step = ("#,##0.#", _STEPS[unit]) if exact else ("#,##0", _WHOLE_PERCENT)
            rounded = _half_up(number, step)
            shown = format_percent(rounded, _percent_pattern(digits, language), locale=language)
        case Unit.DAYS:
            amount = format_decimal(_half_up(number, _STEPS[unit]), "#,##0.#", locale=language)
            shown = text("{days} d", language, days=amount)
    return shown.replace("-", _MINUS)


def average(number: float, unit: Unit) -> float:
    """Return an average without decimals that nobody measured, halves away from zero."""
    return float(_half_up(number, _STEPS_OF_AVERAGES[unit]))


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
        rounded = _half_up(number, _STEPS[unit]) * 100
        points = format_decimal(rounded, "#,##0.#", locale=language).replace("-", _MINUS)
        many = float(abs(rounded))  # as shown: 1.5 is one in French and many in English
        shown = text_plural("{points} pt", "{points} pts", many, language, points=points)
    else:
        shown = value(number, unit, language, currency=currency, compact=compact)
    if number and shown.lstrip(_MINUS) == gap(0.0, unit, language, currency=currency):
        return gap(0.0, unit, language, currency=currency)  # what is shown as nothing has no sign
    return shown if number <= 0 else f"+{shown}"


def quantity(one: Quantity, language: Language) -> str:
    """Return a number that a message carries, short of space: −42 k$, 3 pts."""
    write = gap if one.signed else value
    return write(float(one.number), one.unit, language, currency=one.currency, compact=True)


def figures(
    number: float | None,
    target: Aim | None,
    difference: float | None,
    unit: Unit,
    language: Language,
    *,
    currency: str | None = None,
    compact: bool = False,
) -> Figures:
    """Return a number, its target and their gap, to one precision: what is shown can be subtracted.

    Args:
        difference: ``number`` less the target, or its lower end; None where they are not compared.
        compact: Write large amounts of money as 152 k$, as far as the gap can still be seen.
    """
    if number is None or target is None or difference is None:
        return Figures(
            value(number, unit, language, currency=currency, compact=compact),
            aim(target, unit, language, currency=currency, compact=compact),
            gap(difference, unit, language, currency=currency, compact=compact),
        )
    ends = [target.value, *([] if target.max_value is None else [target.max_value])]
    if unit is Unit.MONEY:
        precision = money.subtracting(number, target.value, ends) if compact else money.IN_FULL
        steps = [precision.steps(one) for one in (number, *ends)]

        def amount(many: int) -> str:
            return money.written(many, precision, currency or "", language).replace("-", _MINUS)

        apart = steps[0] - steps[1]
        return Figures(
            amount(steps[0]),
            _bounds([amount(one) for one in steps[1:]], at_most=target.at_most),
            f"+{amount(apart)}" if apart > 0 else amount(apart),
        )
    rounded = [_half_up(one, _STEPS[unit]) for one in (number, *ends)]
    shown = [value(float(one), unit, language, compact=True) for one in rounded]
    apart_by = float(rounded[0] - rounded[1])
    return Figures(
        shown[0],
        _bounds(shown[1:], at_most=target.at_most),
        gap(apart_by, unit, language),
    )


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
    """Return the two parts of a rate as words; see ``rate_parts``. Empty if one is missing.

    Amounts are told in one unit, so that they can be divided.
    """
    if numerator is None or denominator is None:
        return ""

    precision = money.dividing(numerator, denominator)

    def part(number: float) -> str:
        if currency is None:
            return plain_number(number, language)
        steps = precision.steps(number)
        return money.written(steps, precision, currency, language).replace("-", _MINUS)

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


def period_in_full(period: Period, calendar: Calendar, language: Language) -> str:
    """Return the name of a period where there is room for it: S46, octobre 2026, T3 2026."""
    if period.grain is Grain.MONTH:
        return str(format_skeleton("yMMMM", period.start, locale=language))
    return period_name(period, calendar, language)


def month_title(month: Period, language: Language) -> str:
    """Return the name of a month as a heading: Octobre 2026."""
    written = str(format_skeleton("yMMMM", month.start, locale=language))
    return written[:1].upper() + written[1:]


def period_title(period: Period, calendar: Calendar, language: Language) -> str:
    """Return the name of a period where a line begins: Octobre 2026, T3 2026."""
    if period.grain is Grain.MONTH:
        return month_title(period, language)
    return period_name(period, calendar, language)


def period_dates(period: Period, language: Language) -> str:
    """Return the days of a period: 9–15 nov. 2026; 1er–7 juin 2026."""
    written = str(format_interval(period.start, period.last_day, "yMMMd", locale=language))
    return written if language == "en" else _FIRST_DAY.sub("1er", written)


def _first(when: date, written: str, language: Language) -> str:
    """Return a date as French writes the first of a month, which it counts."""
    return f"1er{written[1:]}" if language != "en" and when.day == 1 else written


def _half_up(number: float, step: Decimal) -> Decimal:
    """Return a number in whole steps, halves away from zero: Babel would round them to even."""
    # plus nothing: minus nothing would be written with its sign
    return (Decimal(str(number)) / step).to_integral_value(ROUND_HALF_UP) * step + 0


def _percent_pattern(digits: str, language: Language) -> str:
    return f"{digits}%" if language == "en" else f"{digits}\N{NO-BREAK SPACE}%"


def aim(
    target: Aim | None,
    unit: Unit,
    language: Language,
    *,
    currency: str | None = None,
    compact: bool = False,
    in_words: bool = False,
) -> str:
    """Return a target with its unit: 25, ≤ 5 %, 40–60 k$; a dash for None.

    Args:
        in_words: For a sentence, which has no room for signs: at most 5%.
    """
    if target is None:
        return NOTHING
    ends = [target.value, *([] if target.max_value is None else [target.max_value])]
    shown = [value(end, unit, language, currency=currency, compact=compact) for end in ends]
    if in_words and target.at_most:
        return at_most(shown[0], language)
    return _bounds(shown, at_most=target.at_most)


def at_most(amount: str, language: Language) -> str:
    """Return a ceiling as a sentence says it: at most 5%."""
    return text("at most {amount}", language, amount=amount)


def _bounds(ends: list[str], *, at_most: bool) -> str:
    if len(ends) > 1:
        return " – ".join(ends)
    return f"≤\N{NO-BREAK SPACE}{ends[0]}" if at_most else ends[0]


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
    return _hours(_there(at, timezone), language)


def moment(at: datetime, timezone: str, language: Language, *, seconds: bool = False) -> str:
    """Return a moment in UTC as the company sees it: 21 nov. 2026, 14:05.

    Args:
        seconds: Whether to name them too, where minutes do not tell two moments apart.
    """
    there = _there(at, timezone)
    return f"{dated(there.date(), language)}, {_hours(there, language, seconds=seconds)}"


def _hours(at: datetime | time, language: Language, *, seconds: bool = False) -> str:
    """Return a time of day; the French of Québec writes 9 h and 9 h 05, never 09 h 00."""
    if language != "fr_CA":
        return str(format_time(at, "medium" if seconds else "short", locale=language))
    parts = [f"{at.hour}", "h"]
    if at.minute or seconds:
        parts.append(f"{at.minute:02}")
    if seconds:
        parts += ["min", f"{at.second:02}", "s"]
    return "\N{NO-BREAK SPACE}".join(parts)


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


def minutes(count: int, language: Language) -> str:
    """Return how long something takes, be it hours, in minutes: clocks and agendas count them."""
    return text("{minutes} min", language, minutes=str(count))


def time_of_day(at: time, language: Language) -> str:
    """Return a time as clocks show it: 9:00 AM, 09:00, 9 h."""
    return _hours(at, language)


def rating(mean: float, language: Language) -> str:
    """Return an average rating of a meeting, always with one decimal: 7.0/10; 7,0/10."""
    return f"{format_decimal(mean, '0.0', locale=language)}/10"
