"""What each way of writing a day means, seen from today. Pure."""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from dashboard.rhythm.one_line import spoken_words as words
from dashboard.text import Language
from pipelines.periods import Calendar, Grain

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FRIDAY = 4
_SATURDAY = 5
#: Without a year, a day of the last three months is the one that was, any other the next one.
_LOOKS_BACK = timedelta(days=90)
#: 29 February comes every four years, or every eight.
_YEARS_AHEAD = 9


class Doubt(Enum):
    """What is to be said about a day that was read, or why none was."""

    VAGUE = "vague"  # soon
    RECURRING = "recurring"  # every Friday
    IMPOSSIBLE = "impossible"  # 31 February
    OTHER_WEEKDAY = "other weekday"  # Friday, 3 December, which is a Thursday
    TIME = "time"  # the time of day is not kept


@dataclass(frozen=True)
class Now:
    """What days are told from.

    Attributes:
        meeting: The next meeting, if one is known.
    """

    today: date
    calendar: Calendar
    language: Language
    working: Container[date]
    meeting: date | None = None


@dataclass(frozen=True)
class Told:
    """What some words say; see ``Spoken`` for the fields."""

    day: date | None
    sure: bool = True
    few: bool = False
    other: date | None = None
    doubt: Doubt | None = None


Reader = Callable[[re.Match[str], Now], Told]


def _day_and_month(match: re.Match[str], now: Now) -> Told:
    """3 décembre, le 1er déc. 2026, Friday 4 December, December 4th, 2026."""
    month = words.MONTHS[match["month"]]
    return _checked(match, _dated(match["year"], month, int(match["number"]), now))


def _figures(match: re.Match[str], now: Now) -> Told:
    """2026-12-03, 3/12/2026, 3/12: as the reader's language orders them."""
    if match["iso"]:
        year, month, number = map(int, re.split("[-/]", match["iso"]))
        return _checked(match, _possible(year, month, number))
    first, second = int(match["first"]), int(match["second"])
    as_french = _dated(match["year"], second, first, now)
    as_english = _dated(match["year"], first, second, now)
    # two figures may be a share or a size, and are a day only where they stand alone
    sure = bool(match["iso"] or match["year"] or match["weekday"] or match["article"])
    if now.language != "en":
        return _checked(match, as_french or as_english, sure=sure)
    other = as_french if as_french != as_english else None
    return _checked(match, as_english or as_french, sure=sure, other=other if as_english else None)


def _day_of_month(match: re.Match[str], now: Now) -> Told:
    """Le 12, the 12th, vendredi 4, Friday the 4th."""
    number = int(match["number"])
    first = now.today.replace(day=1)
    for _ in range(3):  # two months in a row never lack the same day
        day = _possible(first.year, first.month, number)
        if day is not None and day >= now.today:
            return _checked(match, day)
        first = _next_month(first)
    return _checked(match, None, sure=False)


def _weekday(match: re.Match[str], now: Now) -> Told:
    """Vendredi, ce vendredi, vendredi prochain, mardi en huit, next Friday, Friday next week."""
    wanted = words.WEEKDAYS[match["weekday"].rstrip(".")]
    sure = match["weekday"] in words.FULL_WEEKDAYS
    coming = _following(wanted, now.today)
    monday = now.today - now.today.weekday() * _DAY
    after, before = match["after"] or "", match["before"] or ""
    if "huit" in after or after == " week" or "week" in before:
        return Told(coming + _WEEK)
    if "semaine" in after or "week" in after:
        far = "prochaine" in after or "next" in after
        return Told(monday + wanted * _DAY + far * _WEEK)
    if "quinze" in after:
        return Told(coming + 2 * _WEEK)
    if before.startswith(("ce", "this")) and wanted == now.today.weekday():
        return Told(now.today)
    if "prochain" in after or "next" in before:
        # within this week some mean the first one that comes, others the one of next week
        this_week = coming < monday + _WEEK
        return Told(coming, other=coming + _WEEK if this_week else None)
    return Told(coming, sure=sure or bool(before))


def _near(match: re.Match[str], now: Now) -> Told:
    """Aujourd'hui, demain, après-demain, hier."""
    return Told(now.today + words.NEAR[match["near"]] * _DAY)


def _in_a_while(match: re.Match[str], now: Now) -> Told:
    """Dans deux semaines, in 10 days, sous huitaine, dans 3 jours ouvrables, a week from now."""
    written = match["count"].strip()
    unit = match["unit"]
    if unit.startswith(("mois", "month")):
        return Told(_months_later(now.today, words.amount(written)))
    if "ouvr" in unit or "working" in unit or "business" in unit:
        day, left = now.today, min(words.amount(written), 250)
        while left:
            day += _DAY
            left -= day in now.working
        return Told(day)
    return Told(now.today + words.days(written, unit) * _DAY)


def _within(match: re.Match[str], now: Now) -> Told:
    """Sous huitaine, sous quinzaine."""
    return Told(now.today + (2 if match["within"] == "quinzaine" else 1) * _WEEK)


def _week(match: re.Match[str], now: Now) -> Told:
    """La semaine prochaine, this week, fin de semaine: its Friday; the weekend: its Saturday."""
    written = match["week"]
    # in Québec "la fin de semaine" are the days on which people rest
    resting = re.fullmatch(r"(en |cette )?fin de semaine( prochaine)?", written)
    weekend = "kend" in written or "k-end" in written or (resting and now.language == "fr_CA")
    weekday = _SATURDAY if weekend else _FRIDAY
    monday = now.today - now.today.weekday() * _DAY
    far = "prochaine" in written or "next" in written
    return Told(monday + weekday * _DAY + far * _WEEK, few=True)


def _week_number(match: re.Match[str], now: Now) -> Told:
    """Semaine 49, S49, week 49: its Friday."""
    number = int(match["number"])
    sure = match["label"].startswith(("sem", "week"))
    for year in range(now.today.year - 1, now.today.year + _YEARS_AHEAD):
        try:
            day = date.fromisocalendar(year, number, _FRIDAY + 1)
        except ValueError:
            continue
        if day >= now.today - _LOOKS_BACK:
            return Told(day, sure=sure)
    return Told(None, sure=sure, doubt=Doubt.IMPOSSIBLE)


def _week_of(match: re.Match[str], now: Now) -> Told:
    """La semaine du 7 décembre, the week of December 7: its Friday."""
    day = _dated(None, words.MONTHS[match["month"]], int(match["number"]), now)
    if day is None:
        return Told(None, doubt=Doubt.IMPOSSIBLE)
    return Told(day + (_FRIDAY - day.weekday()) * _DAY)


def _period_end(match: re.Match[str], now: Now) -> Told:
    """Fin du mois, end of next quarter, fin d'année, next month: the last day."""
    unit = words.PERIODS[match["unit"]]
    far = "proch" in match[0] or "next" in match[0]
    if unit is Grain.YEAR:  # people mean the calendar's, whenever the company's ends
        return Told(date(now.today.year + far, 12, 31), few=True)
    period = now.calendar.period(unit, now.today)
    return Told((now.calendar.next(period) if far else period).last_day, few=True)


def _part_of_month(match: re.Match[str], now: Now) -> Told:
    """Fin décembre, mi-janvier, end of March 2027; the beginning of one is no day."""
    month = words.MONTHS[match["month"]]
    if match["part"].startswith(("deb", "early", "beg")):
        return Told(None, sure=False, doubt=Doubt.VAGUE)
    if match["part"].startswith("mi"):
        return _checked(match, _dated(match["year"], month, 15, now))
    first = _dated(match["year"], month, 28, now)
    return Told(_next_month(first.replace(day=1)) - _DAY if first else None)


def _next_meeting(_match: re.Match[str], now: Now) -> Told:
    """La prochaine rencontre, the next meeting: a day where something says "by"."""
    return Told(now.meeting, sure=False, doubt=None if now.meeting else Doubt.VAGUE)


def _vague(_match: re.Match[str], _now: Now) -> Told:
    """Dès que possible, soon."""
    return Told(None, sure=False, doubt=Doubt.VAGUE)


#: Every way of writing a day, and what reads it.
GRAMMAR: tuple[tuple[str, Reader], ...] = (
    (words.DAY_MONTH, _day_and_month),
    (words.MONTH_DAY, _day_and_month),
    (words.FIGURES, _figures),
    (words.FIGURES_WITH_DOTS, _figures),
    (words.DAY_OF_MONTH, _day_of_month),
    (words.WEEKDAY, _weekday),
    (words.NEAR_DAY, _near),
    (words.WHILE, _in_a_while),
    (words.FROM_NOW, _in_a_while),
    (words.WITHIN, _within),
    (words.WEEK, _week),
    (words.WEEK_NUMBER, _week_number),
    (words.WEEK_OF_FRENCH, _week_of),
    (words.WEEK_OF_ENGLISH, _week_of),
    (words.PERIOD_END, _period_end),
    (words.PERIOD_NEXT, _period_end),
    (words.PERIOD_CLOSE, _period_end),
    (words.PART_OF_MONTH, _part_of_month),
    (words.MEETING, _next_meeting),
    (words.VAGUE, _vague),
)


def _checked(
    match: re.Match[str], day: date | None, *, sure: bool = True, other: date | None = None
) -> Told:
    """Return a day that was written, compared with the weekday that stands beside it."""
    if day is None:
        return Told(None, sure=sure, doubt=Doubt.IMPOSSIBLE)
    beside = match.groupdict().get("weekday")
    agrees = beside is None or words.WEEKDAYS[beside.rstrip(".")] == day.weekday()
    told = Told(day, sure=sure, other=other)
    return told if agrees else replace(told, doubt=Doubt.OTHER_WEEKDAY)


def _dated(year: str | None, month: int, number: int, now: Now) -> date | None:
    if year is not None:
        return _possible(int(year) + (2000 if len(year) == len("26") else 0), month, number)
    for possible in range(now.today.year - 1, now.today.year + _YEARS_AHEAD):
        day = _possible(possible, month, number)
        if day is not None and day >= now.today - _LOOKS_BACK:
            return day
    return None


def _possible(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _following(weekday: int, day: date) -> date:
    """Return the next day of the week after a day; on the same one, a week later."""
    return day + ((weekday - day.weekday() - 1) % 7 + 1) * _DAY


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _months_later(day: date, months: int) -> date:
    """Return the same day some months later; the month's last one where it has no such day."""
    number = day.month - 1 + min(months, 120)
    first = date(day.year + number // 12, number % 12 + 1, 1)
    last = _next_month(first) - _DAY
    return min(first + (day.day - 1) * _DAY, last)
