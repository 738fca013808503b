"""What is being done about deals: open actions and unsolved blockers that are about them, or name them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.meeting.reading import current_at
from dashboard.rhythm.meeting.seat import invitations, rows
from pipelines.context import Context
from pipelines.folding import folded
from pipelines.funnel.model import Deal
from pipelines.people.names import names_at
from pipelines.store import Cursor

#: A shorter name of a deal or a customer is a word like others.
_TELLING_NAME = 4
#: People type the one, programs write the other.
_APOSTROPHES = str.maketrans("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@dataclass(frozen=True)
class Unsolved:
    """A blocker that nobody has decided on yet.

    Attributes:
        deal: The one that it is about, as ``Deal.key``.
        meeting_on: The day of the weekly meeting that has it before it next; None: none is planned,
            or it is on hold.
        parked_until: The day it comes back; None: it is not on hold.
    """

    blocker_id: int
    title: str
    deal: str | None
    meeting_on: date | None
    parked_until: date | None


@dataclass(frozen=True)
class Doing:
    """What is being done about a deal, as far as whoever asks may see it.

    Attributes:
        actions: Open ones that are about it, by date.
        blockers: Those that are about it, oldest first.
        named_by: Others whose title names the deal or its customer; nobody said what they are about.
    """

    actions: tuple[Action, ...] = ()
    blockers: tuple[Unsolved, ...] = ()
    named_by: tuple[Action | Unsolved, ...] = ()


@dataclass(frozen=True)
class UnderWay:
    """All that is open.

    Attributes:
        today: The day it is looked at from.
        actions: By date.
        blockers: Oldest first.
        lines: All of them with their titles, as names are looked for in them.
    """

    today: date
    actions: tuple[Action, ...]
    blockers: tuple[Unsolved, ...]
    lines: tuple[tuple[str, Action | Unsolved], ...]

    def about(self, deal: Deal) -> Doing:
        """Return what is being done about a deal."""
        names = _names_it(deal)
        return Doing(
            tuple(one for one in self.actions if one.deal == deal.key),
            tuple(one for one in self.blockers if one.deal == deal.key),
            tuple(one for line, one in self.lines if one.deal is None and names(line)),
        )


def read_under_way(context: Context) -> UnderWay:
    """Return what is being done, as far as whoever asks may see it.

    Those who see only their own actions see the blockers of meetings that they take part in.
    """
    actions = tuple(one for one in list_actions(context) if one.is_open)
    blockers = context.store.read(lambda cursor: _unsolved(context, cursor))
    everything: tuple[Action | Unsolved, ...] = (*actions, *blockers)
    lines = tuple((_plain(one.title), one) for one in everything)
    return UnderWay(context.today(), actions, blockers, lines)


def _unsolved(context: Context, cursor: Cursor) -> tuple[Unsolved, ...]:
    own = invitations(context, cursor, names_at(cursor))
    coming = current_at(context, cursor)
    day = coming.held_on if coming else context.today()
    found = []
    for number, title, deal, parked_until, *meetings in rows(cursor, "unsolved"):
        waits = parked_until is not None and parked_until > day
        # every meeting that is not closed has all of them before it that are open by then
        if own is None or not own.isdisjoint(meetings) or (coming is not None and not waits):
            meeting_on = coming.held_on if coming and not waits else None
            found.append(Unsolved(number, title, deal, meeting_on, parked_until if waits else None))
    return tuple(found)


def _names_it(deal: Deal) -> Callable[[str], bool]:
    """Return what tells whether a line names a deal or its customer, as whole words."""
    known = {_plain(name) for name in (deal.name, deal.account) if name}
    telling = [name for name in known if len(name) >= _TELLING_NAME]

    def names(line: str) -> bool:
        return any(
            name in line and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in telling
        )

    return names


def _plain(words: str) -> str:
    return " ".join(folded(words).translate(_APOSTROPHES).split())
