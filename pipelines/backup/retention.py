"""Which backups are kept: many recent ones, few old ones (grandfather, father, son)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pipelines.backup.manifest import Manifest
from pipelines.settings import Retention


def kept(backups: Sequence[Manifest], retention: Retention) -> set[int]:
    """Return the numbers of the backups that stay.

    The newest backup of each of the last days, weeks (Monday to Sunday) and months that have one.
    Days without any are not counted, so that a company on holiday keeps what it had. Of the newest
    day the first one stays too: it is the state before that day's work. The newest backup and those
    that somebody put aside by hand always stay.

    Args:
        backups: In any order; their numbers say which is newer, since clocks are set back.
    """
    newest_first = sorted(backups, key=lambda one: -one.number)
    if not newest_first:
        return set()
    stays = {newest_first[0].number} | {one.number for one in backups if one.keep}
    newest_day = newest_first[0].day
    stays.add(min(one.number for one in backups if one.day == newest_day))
    for span, count in (
        (_day, retention.daily_backups),
        (_week, retention.weekly_backups),
        (_month, retention.monthly_backups),
    ):
        newest_of_each = _newest_of_each(newest_first, span)
        stays.update(newest_of_each[:count])
    return stays


def _newest_of_each(newest_first: Sequence[Manifest], span: Callable[[date], Any]) -> list[int]:
    seen: dict[Any, int] = {}
    for one in newest_first:
        seen.setdefault(span(date.fromisoformat(one.day)), one.number)
    # by the calendar, the last span first; a clock set back does not make a day newer
    return [seen[key] for key in sorted(seen, reverse=True)]


def _day(day: date) -> date:
    return day


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
