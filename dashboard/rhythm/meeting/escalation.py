"""What puts itself on the agenda: numbers and actions that stay as they are. Pure rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.review import Row
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import LocalText

#: Weeks off target in a row, and meetings that found an action late, before the product speaks up.
WEEKS_OFF_TARGET = 3
MEETINGS_LATE = 2
_OFF_TARGET = "off_target"
_LATE = "late"


@dataclass(frozen=True)
class Raised:
    """A point that the product puts on the agenda.

    Attributes:
        kpi: Its key, or that of the KPI the action should move.
        name: Of the KPI, where the point is about one.
        reason: The rule and its count, as it is kept; ``in_words`` says it.
        concerns: Names of those it is about.
    """

    kpi: str | None
    name: LocalText | None
    action: Action | None
    reason: str
    concerns: tuple[str, ...]


def off_target(rows: Iterable[Row]) -> tuple[Raised, ...]:
    """Return the KPIs that were off target for three weeks running or longer.

    Args:
        rows: Of the last finished week.
    """
    return tuple(
        Raised(
            row.definition.key,
            row.definition.name,
            None,
            f"{_OFF_TARGET} {row.latest.off_target_run}",
            (row.responsible,) if row.responsible else (),
        )
        for row in rows
        if row.latest is not None and row.latest.off_target_run >= WEEKS_OFF_TARGET
    )


def late_again(
    actions: Iterable[Action], day: date, before: Sequence[frozenset[int]]
) -> tuple[Raised, ...]:
    """Return the actions that two meetings running, or more, find late.

    Args:
        day: Of the meeting that is held or prepared.
        before: The actions that each closed meeting before it found late, newest first.
    """
    found = []
    for action in actions:
        if not action.is_open or action.due_on >= day:
            continue
        meetings = 1
        for late in before:
            if action.action_id not in late:
                break
            meetings += 1
        if meetings >= MEETINGS_LATE:
            reason = f"{_LATE} {meetings}"
            found.append(Raised(action.kpi, None, action, reason, (action.owner,)))
    return tuple(found)


def in_words(reason: str) -> Message:
    """Return why the product put a point on the agenda."""
    rule, _, count = reason.partition(" ")
    number = int(count) if count.isdecimal() else 0
    if rule == _OFF_TARGET:
        return msg_plural(
            "Off target for {count} week running", "Off target for {count} weeks running", number
        )
    if rule == _LATE:
        return msg_plural(
            "Late at {count} meeting running", "Late at {count} meetings running", number
        )
    return msg("Put there by Cap 90")
