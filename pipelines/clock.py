"""The only place that looks at the clock."""

import os
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from pipelines.errors import Refused, msg

#: Fixes the day, for demonstrations and tests.
TODAY_VARIABLE = "CAP90_TODAY"
#: The moment that somebody tells of; each thread has its own.
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def today(timezone: str) -> date:
    """Return the day it is at the company, or the day that ``CAP90_TODAY`` fixes.

    Args:
        timezone: IANA name, such as ``America/Montreal``.

    Raises:
        Refused: ``CAP90_TODAY`` is set to something that is not a date.
    """
    fixed = os.environ.get(TODAY_VARIABLE)
    if not fixed:
        return datetime.now(ZoneInfo(timezone)).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise Refused.of(
            msg("'{text}' is not a date.", text=fixed),
            where=TODAY_VARIABLE,
            hint=msg("Write it as 2026-11-21."),
        ) from None


def now() -> datetime:
    """Return the moment it is, in UTC, for what happened when (never for which period it is)."""
    return _told.get() or datetime.now(UTC).replace(tzinfo=None)


@contextmanager
def told(moment: datetime) -> Iterator[None]:
    """Let it be another moment for what this thread does in the block: a story of the past.

    The day is not told: ``Context.on`` says which one it is.

    Args:
        moment: UTC, without a time zone, as ``now`` returns it.
    """
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def in_utc(day: date, at: clock_time, timezone: str) -> datetime:
    """Return the moment at which clocks of a time zone show a time on a day, in UTC."""
    local = datetime.combine(day, at, ZoneInfo(timezone))
    return local.astimezone(UTC).replace(tzinfo=None)


class Steady:
    """Moments to measure spans with: they go on evenly when the computer's clock is set back.

    Safe to use from any thread.
    """

    def __init__(self) -> None:
        self._latest: dict[Hashable, tuple[datetime, float]] = {}
        self._lock = threading.Lock()

    def now(self, what: Hashable, not_before: datetime | None = None) -> datetime:
        """Return the moment it is for a span, in UTC: never before one that was returned for it.

        Args:
            what: Which span.
            not_before: The last moment that was written down of it, for a process that has just
                begun; where the clock stands before it, time goes on from there.
        """
        shown, ticks = now(), time.monotonic()
        with self._lock:
            latest, then = self._latest.get(what, (shown, ticks))
            going_on = latest + timedelta(seconds=ticks - then)
            moment = max(shown, going_on, not_before or shown)
            self._latest[what] = moment, ticks
        return moment
