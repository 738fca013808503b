"""What a pipeline review does not know, or leaves out. Pure."""

from datetime import date, timedelta
from typing import NamedTuple

from pipelines.errors import Message, msg, msg_plural
from pipelines.funnel.model import Bridge, End

#: An export that is older does not tell how things stand now.
_FRESH = timedelta(days=7)


class Counts(NamedTuple):
    """How many deals something is not known of.

    Attributes:
        without_amount: Open on the later day.
        other_currency: As above.
        reckoned: Open on the first day by their own dates; no export had shown them by then.
        undated: They do not say when they were created.
    """

    without_amount: int
    other_currency: int
    reckoned: int
    undated: int


def notes_of(
    counts: Counts, bridge: Bridge, currency: str, activities_until: date, *, has_done: bool
) -> tuple[Message, ...]:
    """Return what is worth knowing before one believes a review, one sentence each.

    Args:
        activities_until: The last day that the files of activities tell about.
        has_done: Whether they hold anything that was done for a deal.
    """
    opening, closing = bridge.opening, bridge.closing
    activities_end = closing.day - activities_until > _FRESH
    notes = (
        (opening.told_on is None, _unknown(opening)),
        (bool(opening.told_on and counts.reckoned), _reckoned(counts.reckoned)),
        (_is_old(closing), _old(closing)),
        (bool(counts.other_currency), _foreign(counts.other_currency, currency)),
        (bool(counts.without_amount), _unpriced(counts.without_amount)),
        (bool(counts.undated), _undated(counts.undated)),
        (not has_done, _without_activities()),
        (has_done and activities_end, _activities_end(activities_until)),
    )
    return tuple(note for holds, note in notes if holds)


def _is_old(end: End) -> bool:
    return end.told_on is not None and end.day - end.told_on > _FRESH


def _unknown(end: End) -> Message:
    return msg(
        "No export tells how things stood on {day}: deals count by their own dates, with the amounts"
        " they were first seen with. What changed before the first export is not known.",
        day=end.day,
    )


def _reckoned(count: int) -> Message:
    return msg_plural(
        "{count} deal came into the files only later; it counts from the day it was created, with the"
        " amount it was first seen with.",
        "{count} deals came into the files only later; they count from the day they were created, with"
        " the amounts they were first seen with.",
        count=count,
    )


def _old(end: End) -> Message:
    return msg(
        "The newest export of deals is of {day}; what came since is not known.", day=end.told_on
    )


def _foreign(count: int, currency: str) -> Message:
    return msg_plural(
        "{count} open deal is in another currency than {currency}; it is counted, and its amount is"
        " left out.",
        "{count} open deals are in other currencies than {currency}; they are counted, and their"
        " amounts are left out.",
        count=count,
        currency=currency,
    )


def _unpriced(count: int) -> Message:
    return msg_plural(
        "{count} open deal has no amount.", "{count} open deals have no amount.", count=count
    )


def _undated(count: int) -> Message:
    return msg_plural(
        "{count} deal does not say when it was created and counts as new.",
        "{count} deals do not say when they were created and count as new.",
        count=count,
    )


def _without_activities() -> Message:
    return msg(
        "The files hold no activity that belongs to a deal: stalled deals are told by their time alone."
        " Export calls, meetings and tasks with their deals."
    )


def _activities_end(day: date) -> Message:
    return msg(
        "The newest export of activities is of {day}; what was done or planned since is not known.",
        day=day,
    )
