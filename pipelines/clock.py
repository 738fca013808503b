"""The only place that looks at the clock."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipelines.errors import Refused, msg

#: Fixes the day, for demonstrations and tests.
TODAY_VARIABLE = "CAP90_TODAY"


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
    return datetime.now(UTC).replace(tzinfo=None)
