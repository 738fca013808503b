"""Points and blockers as one gesture puts them into a meeting; steps of somebody's transaction."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Item, Section, Topic
from dashboard.rhythm.meeting.rows import read_blockers, read_sections
from dashboard.rhythm.meeting.seat import Seat
from dashboard.text import alphabetical, language_of, render
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.definition import LocalText


def put_item(
    seat: Seat,
    *,
    title: str,
    section: int,
    kpi: str | None,
    action_id: int | None,
    concerns: Iterable[str],
    raised_by: str | None = None,
    reason: str | None = None,
) -> Item:
    """Put a point on the agenda.

    Args:
        raised_by: None: the product, for a ``reason``.
    """
    named = sorted({seat.names.shown(name) for name in concerns}, key=alphabetical)
    item = Item(
        seat.number("next_item_id"),
        section,
        title,
        kpi,
        action_id,
        raised_by,
        reason,
        closed=False,
        concerns=tuple(named),
        version=1,
    )
    seat.put(
        "insert_item",
        item_id=item.item_id,
        meeting_id=seat.meeting_id,
        section=section,
        title=title,
        kpi=kpi,
        action_id=action_id,
        raised_by=raised_by,
        reason=reason,
        closed=False,
        version=1,
    )
    for name in named:
        seat.put("put_concern", item_id=item.item_id, name=name)
    return item


def update_item(seat: Seat, item: Item) -> Item:
    """Write a changed point, with another version."""
    changed = replace(item, version=item.version + 1)
    seat.put(
        "update_item",
        item_id=item.item_id,
        section=item.section,
        title=item.title,
        closed=item.closed,
        version=changed.version,
    )
    return changed


def section_of(seat: Seat, topic: Topic) -> int:
    """Return the position of the section where something is talked about.

    Where there is none for it, the first one that is free for anything, else the one where things
    are worked on, else the first one.
    """
    sections = read_sections(seat)
    for wanted in (topic, Topic.OTHER, Topic.BLOCKERS, Topic.GAPS, Topic.WORK):
        for section in sections:
            if section.topic is wanted:
                return section.position
    return sections[0].position if sections else 1


def known_section(seat: Seat, position: int) -> Section:
    """Return a section of the agenda.

    Raises:
        Refused: There is none at that position.
    """
    for section in read_sections(seat):
        if section.position == position:
            return section
    raise Refused.of(msg("There is no section {number}.", number=position))


def blocker_of(
    seat: Seat,
    *,
    kpi: str | None = None,
    action_id: int | None = None,
    item_id: int | None = None,
    deal: str | None = None,
) -> int | None:
    """Return the blocker that a KPI, an action, a point or a deal became; None: none is unsolved."""
    found = seat.rows("same_blocker", kpi=kpi, action_id=action_id, item_id=item_id, deal=deal)
    return int(found[0][0]) if found else None


def known_blocker(seat: Seat, blocker_id: int) -> Blocker:
    """Return a blocker that the meeting has before it.

    Raises:
        Refused: There is none of that number, or it was worked in another meeting or is parked.
    """
    for blocker in read_blockers(seat):
        if blocker.blocker_id == blocker_id:
            return blocker
    raise Refused.of(msg("There is no blocker {number}.", number=str(blocker_id)))


def update_blocker(seat: Seat, blocker: Blocker) -> Blocker:
    """Write a changed blocker, with another version."""
    changed = replace(blocker, version=blocker.version + 1)
    seat.put(
        "update_blocker",
        blocker_id=blocker.blocker_id,
        title=blocker.title,
        status=blocker.status,
        rank=blocker.rank,
        parked_until=blocker.parked_until,
        forum=blocker.forum,
        parked_in=blocker.parked_in,
        worked_in=blocker.worked_in,
        version=changed.version,
    )
    return changed


def reopened(blocker: Blocker) -> Blocker:
    """Return a blocker as it is when it comes back."""
    return replace(
        blocker, status=BlockerStatus.OPEN, parked_until=None, forum=None, worked_in=None
    )


def blocker_state(blocker: Blocker) -> dict[str, object]:
    """Return a blocker as the journal keeps it."""
    return {
        "title": blocker.title,
        "kpi": blocker.kpi,
        "action_id": blocker.action_id,
        "deal": blocker.deal,
        "status": blocker.status,
        "parked_until": blocker.parked_until,
        "forum": blocker.forum,
        "version": blocker.version,
    }


def in_company_words(context: Context, name: LocalText) -> str:
    """Return a name as the company writes it: what a meeting says is one text for everybody."""
    return render(name, language_of(context.workspace.settings.locale))
