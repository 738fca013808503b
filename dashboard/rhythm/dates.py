"""Due dates that make one wonder. Pure: nothing is refused, somebody is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from pipelines.errors import Message, msg

_DAY = timedelta(days=1)
#: Nowhere is everybody free for longer.
_LONGEST_BREAK = 60


class Worked(Protocol):
    """The days on which people work, as ``pipelines.workdays`` knows them."""

    def __contains__(self, day: date, /) -> bool: ...


@dataclass(frozen=True)
class DateWarning:
    """What is odd about a date.

    Attributes:
        proposed: The next working day that would do.
    """

    what: Message
    proposed: date


def date_warnings(day: date, today: date, working_days: Worked) -> tuple[DateWarning, ...]:
    """Return what is odd about a due date; empty for a working day that is still to come.

    Of a day in the past, nobody asks whether people worked on it.

    Args:
        working_days: The company's.
    """
    proposed = next_working_day(max(day, today), working_days)
    found = []
    if day < today:
        found.append(DateWarning(msg("{day} is in the past.", day=day), proposed))
    elif day not in working_days:
        found.append(DateWarning(msg("Nobody works on {day}.", day=day), proposed))
    return tuple(found)


def next_working_day(day: date, working_days: Worked) -> date:
    """Return the first working day after a day."""
    following = (day + number * _DAY for number in range(1, _LONGEST_BREAK))
    return next((one for one in following if one in working_days), day + _DAY)
