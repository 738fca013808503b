"""How long a meeting and its sections took, told from what was written down. Pure.

Nothing runs between two events, so a reload, a second screen and a restart all tell the same time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.rhythm.meeting.model import EventKind, MeetingEvent, Section

_NOTHING = timedelta()
_MINUTE = 60


@dataclass(frozen=True)
class Timing:
    """How long a meeting took up to a moment; whole seconds.

    Attributes:
        seconds: By position of the section; sections that nobody entered are left out.
        total: In all of them.
        current: Position of the section it is in, or was in when it stopped; None before it
            starts and once it is closed.
        running: Whether time is passing: not during a break.
        as_of: The moment, in UTC; a page that shows it later adds what has passed since.
        over_by: By how much the current section is longer than planned; 0 if it is not.
        total_over_by: The same for all sections together.
    """

    seconds: Mapping[int, int]
    total: int
    current: int | None
    running: bool
    as_of: datetime
    over_by: int
    total_over_by: int


def timing_of(events: Iterable[MeetingEvent], sections: Iterable[Section], now: datetime) -> Timing:
    """Return how long a meeting took.

    Breaks and the days between two parts do not count. Where the clock was set back between two
    events nothing is counted, and nothing that was counted before is lost.

    Args:
        events: In their order; moments may go back.
        now: UTC; see ``pipelines.clock.Steady`` for moments that do not go back.
    """
    spent: dict[int, timedelta] = {}
    current: int | None = None
    running = False
    former = now
    for event in events:
        if running and current is not None:
            spent[current] = spent.get(current, _NOTHING) + _span(former, event.at)
        former = event.at
        match event.kind:
            case EventKind.STARTED | EventKind.ENTERED:
                current = event.section
                running = running or event.kind is EventKind.STARTED
            case EventKind.RESUMED:
                running = True
            case EventKind.PAUSED | EventKind.SUSPENDED:
                running = False
            case EventKind.CLOSED:
                current, running = None, False
    if running and current is not None:
        spent[current] = spent.get(current, _NOTHING) + _span(former, now)
    planned = {section.position: section.minutes * _MINUTE for section in sections}
    seconds = {position: _whole(time) for position, time in spent.items()}
    total = _whole(sum(spent.values(), _NOTHING))
    over_by = 0 if current is None else seconds.get(current, 0) - planned.get(current, 0)
    return Timing(
        seconds,
        total,
        current,
        running,
        now,
        max(0, over_by),
        max(0, total - sum(planned.values())),
    )


def _span(start: datetime, end: datetime) -> timedelta:
    return max(_NOTHING, end - start)


def _whole(time: timedelta) -> int:
    return int(time.total_seconds())
