"""Blockers: made in one gesture, said in other words, parked and taken up again."""

from dataclasses import replace
from datetime import date

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action
from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.agenda import known_item
from dashboard.rhythm.meeting.days import acceptable
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Item, Placed
from dashboard.rhythm.meeting.noting import carry_cause
from dashboard.rhythm.meeting.placing import (
    blocker_of,
    blocker_state,
    in_company_words,
    known_blocker,
    reopened,
    update_blocker,
    update_item,
)
from dashboard.rhythm.meeting.rows import read_blocker, read_items
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.workdays import working_days


def make_blocker(
    context: Context,
    meeting_id: int,
    *,
    title: str | None = None,
    kpi: str | None = None,
    action_id: int | None = None,
    item_id: int | None = None,
    deal: str | None = None,
) -> Placed:
    """Make a KPI, an action, a point or a deal a blocker, or write one down; each becomes one once.

    Args:
        title: None: what the KPI, the action or the point is called.
        item_id: A point; it is dealt with then.
        deal: As ``Deal.key``, with a title; None: that of the action.

    Raises:
        Refused: There is no such thing, or the title is missing or too long.
        AccessRefused: Whoever asks is not invited; so for every gesture in a meeting.
    """
    line = None if title is None else typed.title(title)
    called = None if kpi is None else _kpi_name(context, kpi)

    def gesture(seat: Seat) -> Placed:
        item = None if item_id is None else known_item(seat, item_id)
        number = item.action_id if item and action_id is None else action_id
        about = item.kpi if item and kpi is None else kpi
        action = None if number is None else action_store.read_one(seat.cursor, number)
        over = action.deal if action and deal is None else deal
        there = blocker_of(seat, kpi=about, action_id=number, item_id=item_id, deal=over)
        if there is None:
            named = line or (item.title if item else called) or (action.title if action else None)
            there = _insert(
                seat, named or typed.title(""), item, kpi=about, action=action, deal=over
            )
            placed = Placed(there, already=False)
        else:
            _bring_back(seat, there)
            placed = Placed(there, already=True)
        _tick_off(seat, item)
        if about is not None:
            carry_cause(seat, about)
        return placed

    return take_seat(context, meeting_id, gesture)


def rename_blocker(
    context: Context, meeting_id: int, blocker_id: int, version: int, title: str
) -> Blocker:
    """Say a blocker in other words.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is no such blocker, or the title is missing or too long.
        Conflict: Somebody changed it in the meantime.
    """
    line = typed.title(title)

    def gesture(seat: Seat) -> Blocker:
        before = known_blocker(seat, blocker_id)
        if before.title == line:
            return before
        refuse_unseen(before, version, msg("call it “{title}”", title=line))
        return update_blocker(seat, replace(before, title=line))

    return take_seat(context, meeting_id, gesture)


def park(
    context: Context,
    meeting_id: int,
    blocker_id: int,
    version: int,
    *,
    until: date | None,
    forum: str,
    anyway: bool = False,
) -> Blocker:
    """Put a blocker aside until a day, to be decided in a forum; it comes back by itself.

    Args:
        version: The one that the person saw.
        until: The day it is taken up again; mandatory.
        forum: Where: the next meeting, a talk between two people …
        anyway: Nobody works on that day, and it is meant all the same.

    Raises:
        DayRefused: The day is in the past, or nobody works on it; ``proposed`` is one that does.
        Refused: There is no such blocker, or day or forum are missing.
        Conflict: Somebody changed it in the meantime.
    """
    place = typed.title(forum)
    if until is None:
        raise Refused.of(
            msg("The date is missing."), hint=msg("Say when the blocker is taken up again.")
        )
    settings = context.workspace.settings
    working = working_days(settings.country, settings.province)
    day = acceptable(until, context.today(), working, anyway=anyway)

    def gesture(seat: Seat) -> Blocker:
        before = known_blocker(seat, blocker_id)
        if before.status is BlockerStatus.WORKED:
            raise Refused.of(msg("“{title}” is worked already.", title=before.title))
        after = replace(
            before,
            status=BlockerStatus.PARKED,
            rank=None,
            parked_until=day,
            forum=place,
            parked_in=meeting_id,
        )
        if after == before:
            return before
        refuse_unseen(before, version, msg("park it until {day} ({forum})", day=day, forum=place))
        parked = update_blocker(seat, after)
        seat.write_down(
            What.BLOCKER_PARKED,
            f"blocker {blocker_id}",
            before=blocker_state(before),
            after=blocker_state(parked),
        )
        return parked

    return take_seat(context, meeting_id, gesture)


def take_up(context: Context, meeting_id: int, blocker_id: int, version: int) -> Blocker:
    """Take up a blocker again that is parked, or that this meeting has decided on already.

    Raises:
        Refused: There is no such blocker.
        Conflict: Somebody changed it in the meantime.
    """

    def gesture(seat: Seat) -> Blocker:
        before = known_blocker(seat, blocker_id)
        if before.status is BlockerStatus.OPEN:
            return before
        refuse_unseen(before, version, msg("take the blocker up again"))
        return update_blocker(seat, reopened(before))

    return take_seat(context, meeting_id, gesture)


def strike_off(context: Context, meeting_id: int, blocker_id: int, version: int) -> None:
    """Strike a blocker off that is in nobody's way any more, or was a mistake.

    A point of this meeting that became it is open again.

    Raises:
        Refused: There is no such blocker, or it is worked.
        Conflict: Somebody changed it in the meantime.
    """

    def gesture(seat: Seat) -> None:
        before = known_blocker(seat, blocker_id)
        if before.status is BlockerStatus.WORKED:
            raise Refused.of(msg("“{title}” is worked already.", title=before.title))
        refuse_unseen(before, version, msg("strike it off"))
        gone = replace(before, status=BlockerStatus.DROPPED, rank=None, parked_in=None)
        after = update_blocker(seat, gone)
        for item in read_items(seat):
            if item.item_id == before.item_id and item.closed:
                update_item(seat, replace(item, closed=False))
        seat.write_down(
            What.BLOCKER_DROPPED,
            f"blocker {blocker_id}",
            before=blocker_state(before),
            after=blocker_state(after),
        )

    take_seat(context, meeting_id, gesture)


def refuse_unseen(now: Blocker, version: int, wish: Message) -> None:
    """Refuse to change a blocker that somebody else has changed in the meantime.

    Raises:
        Conflict: It has another version than the one the person saw.
    """
    if now.version != version:
        raise Conflict.between(wish, in_words(now), now.version)


def in_words(blocker: Blocker) -> Message:
    """Return a blocker on one line, to show it beside what somebody else wanted."""
    match blocker.status:
        case BlockerStatus.PARKED:
            return msg(
                "“{title}”, parked until {day} ({forum})",
                title=blocker.title,
                day=blocker.parked_until,
                forum=blocker.forum,
            )
        case BlockerStatus.WORKED:
            return msg("“{title}”, worked", title=blocker.title)
        case BlockerStatus.OPEN | BlockerStatus.DROPPED:
            return msg("“{title}”, open", title=blocker.title)


def _insert(
    seat: Seat,
    title: str,
    item: Item | None,
    *,
    kpi: str | None,
    action: Action | None,
    deal: str | None,
) -> int:
    number = seat.number("next_blocker_id")
    seat.put(
        "insert_blocker",
        blocker_id=number,
        title=title,
        kpi=kpi,
        action_id=action.action_id if action else None,
        item_id=item.item_id if item else None,
        raised_in=seat.meeting_id,
        raised_on=seat.context.today(),
        # a point stays its author's, whoever makes it a blocker
        raised_by=(item.raised_by if item else None) or seat.me,
        status=BlockerStatus.OPEN,
        rank=None,
        parked_until=None,
        forum=None,
        parked_in=None,
        worked_in=None,
        deal=deal,
        version=1,
    )
    new = known_blocker(seat, number)
    seat.write_down(What.BLOCKER_RAISED, f"blocker {number}", after=blocker_state(new))
    return number


def _bring_back(seat: Seat, blocker_id: int) -> None:
    """Take a parked blocker up again that somebody runs into."""
    blocker = read_blocker(seat, blocker_id)
    if blocker is not None and blocker.status is BlockerStatus.PARKED:
        update_blocker(seat, reopened(blocker))


def _tick_off(seat: Seat, item: Item | None) -> None:
    if item is not None and not item.closed:
        update_item(seat, replace(item, closed=True))


def _kpi_name(context: Context, key: str) -> str:
    definitions = catalogue(context)
    if key not in definitions:
        raise Refused(unknown_key(key, definitions))
    return in_company_words(context, definitions[key].name)
