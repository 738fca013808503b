"""The points on the agenda of a meeting, by people and by the product."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.looking_back import everybodys_actions
from dashboard.rhythm.meeting.model import Item, Topic
from dashboard.rhythm.meeting.placing import known_section, put_item, section_of, update_item
from dashboard.rhythm.meeting.rows import read_items
from dashboard.rhythm.meeting.seat import Seat, take_seat
from dashboard.text import alphabetical
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Refused, msg
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.kpis.choice import chosen


def add_item(
    context: Context,
    meeting_id: int,
    title: str,
    *,
    section: int | None = None,
    kpi: str | None = None,
    action_id: int | None = None,
    concerns: Sequence[str] | None = None,
) -> Item:
    """Put a point on the agenda; whoever is invited may, before the meeting and in it.

    Args:
        section: Position; None: where such points are talked about.
        kpi: Key of the KPI it is about.
        action_id: The action it is about.
        concerns: Whom it is about; None: who answers for the KPI or the action.

    Raises:
        Refused: The title is missing or too long, or there is no such section, KPI or action.
    """
    line = typed.title(title)
    _check_kpi(context, kpi)
    responsible = [one.responsible for one in chosen(context) if kpi and one.key == kpi]

    def gesture(seat: Seat) -> Item:
        actions = [one for one in everybodys_actions(seat) if one.action_id == action_id]
        if action_id is not None and not actions:
            raise Refused.of(msg("There is no action {number}.", number=str(action_id)))
        usual = [one.owner for one in actions] or [name for name in responsible if name]
        topic = Topic.COMMITMENTS if actions else Topic.SCOREBOARD if kpi else Topic.OTHER
        place = (
            section_of(seat, topic) if section is None else known_section(seat, section).position
        )
        return put_item(
            seat,
            title=line,
            section=place,
            kpi=kpi,
            action_id=action_id,
            concerns=usual if concerns is None else [typed.name(name) for name in concerns],
            raised_by=seat.somebody(),
        )

    return take_seat(context, meeting_id, gesture)


def change_item(
    context: Context,
    meeting_id: int,
    item_id: int,
    version: int,
    *,
    title: str | None = None,
    section: int | None = None,
    concerns: Sequence[str] | None = None,
) -> Item:
    """Change a point; None leaves as it is what it stands for.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is no such point or section, or the title is empty or too long.
        Conflict: Somebody changed it in the meantime.
    """
    line = None if title is None else typed.title(title)
    named = None if concerns is None else [typed.name(name) for name in concerns]

    def gesture(seat: Seat) -> Item:
        before = known_item(seat, item_id)
        after = replace(
            before,
            title=line or before.title,
            section=before.section if section is None else known_section(seat, section).position,
            concerns=before.concerns
            if named is None
            else tuple(sorted({seat.names.shown(name) for name in named}, key=alphabetical)),
        )
        if after == before:
            return before
        _refuse_unseen(before, version, _in_words(after))
        for name in set(before.concerns) - set(after.concerns):
            for spelled in {name, *seat.names.spellings({name})}:
                seat.put("delete_concern", item_id=item_id, name=spelled)
        for name in set(after.concerns) - set(before.concerns):
            seat.put("put_concern", item_id=item_id, name=name)
        return update_item(seat, after)

    return take_seat(context, meeting_id, gesture)


def close_item(
    context: Context, meeting_id: int, item_id: int, version: int, *, closed: bool = True
) -> Item:
    """Tick a point off the agenda, or take that back; open ones go on to the next meeting.

    Raises:
        Refused: There is no such point.
        Conflict: Somebody changed it in the meantime.
    """

    def gesture(seat: Seat) -> Item:
        before = known_item(seat, item_id)
        if before.closed == closed:
            return before
        after = replace(before, closed=closed)
        _refuse_unseen(before, version, _in_words(after))
        return update_item(seat, after)

    return take_seat(context, meeting_id, gesture)


def known_item(seat: Seat, item_id: int) -> Item:
    """Return a point of the meeting's agenda.

    Raises:
        Refused: There is none of that number.
    """
    for item in read_items(seat):
        if item.item_id == item_id:
            return item
    raise Refused.of(msg("There is no point {number} on the agenda.", number=str(item_id)))


def _check_kpi(context: Context, kpi: str | None) -> None:
    definitions = catalogue(context)
    if kpi is not None and kpi not in definitions:
        raise Refused(unknown_key(kpi, definitions))


def _refuse_unseen(now: Item, version: int, wish: Message) -> None:
    if now.version != version:
        raise Conflict.between(wish, _in_words(now), now.version)


def _in_words(item: Item) -> Message:
    done = msg("“{title}”, dealt with", title=item.title)
    if item.closed:
        return done
    if item.concerns:
        return msg("“{title}” ({names})", title=item.title, names=item.concerns)
    return msg("“{title}”", title=item.title)
