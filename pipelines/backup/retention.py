"""Which backups are kept: many recent ones, few old ones (grandfather, father, son)."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pipelines.backup.manifest import Manifest
from pipelines.settings import Retention


def kept(backups: Sequence[Manifest], retention: Retention) -> set[int]:
    """Return the numbers of the backups that stay.

    - The newest backup of each of the last days, weeks (Monday to Sunday) and months that have one.
      Days without any are not counted, so that a company on holiday keeps what it had.
    - Of the newest day also the fullest of the others, and the first, which is the state before
      that day's work, unless it is nearly empty beside the fullest.
    - Of the other days also the fullest, where the newest is nearly empty beside it: data that
      vanished in a day may be missed only later.
    - The newest backup, and those that somebody put aside by hand, always.

    Nearly empty is less than half of the rows. So no backup ever makes room for an older one that
    holds nearly nothing.

    Args:
        backups: In any order; their numbers say which is newer, since clocks are set back.
    """
    newest_first = sorted(backups, key=lambda one: -one.number)
    if not newest_first:
        return set()
    stays = {newest_first[0].number} | {one.number for one in backups if one.keep}
    newest_day = newest_first[0].day
    stays |= _of_newest_day([one for one in newest_first if one.day == newest_day])
    for day in sorted({one.day for one in backups} - {newest_day}, reverse=True)[
        : retention.daily_backups - 1
    ]:
        newest, *others = (one for one in newest_first if one.day == day)
        if others and _nearly_empty(newest, fullest := _fullest(others)):
            stays.add(fullest.number)
    for span, count in (
        (_day, retention.daily_backups),
        (_week, retention.weekly_backups),
        (_month, retention.monthly_backups),
    ):
        newest_of_each = _newest_of_each(newest_first, span)
        stays.update(newest_of_each[:count])
    return stays


def _of_newest_day(newest_first: Sequence[Manifest]) -> set[int]:
    _newest, *others = newest_first
    if not others:
        return set()
    first, fullest = others[-1], _fullest(others)
    return {fullest.number} if _nearly_empty(first, fullest) else {first.number, fullest.number}


def _fullest(newest_first: Sequence[Manifest]) -> Manifest:
    """Return the backup with the most rows; of equals the oldest."""
    return max(newest_first, key=lambda one: (one.row_count, -one.number))


def _nearly_empty(one: Manifest, beside: Manifest) -> bool:
    return 2 * one.row_count < beside.row_count


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
