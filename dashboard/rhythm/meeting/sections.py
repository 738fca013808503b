"""The sections of an agenda: their order, titles and minutes."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.model import Section, Status, Topic
from dashboard.rhythm.meeting.placing import known_section, section_of, update_item
from dashboard.rhythm.meeting.preparing import put_section
from dashboard.rhythm.meeting.rows import read_items, read_notes, read_sections
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Refused, msg

#: A section that takes longer than half a day is a meeting of its own.
MOST_MINUTES = 240
MOST_SECTIONS = 20


def add_section(
    context: Context,
    meeting_id: int,
    title: str | None,
    minutes: int,
    topic: Topic = Topic.OTHER,
) -> Section:
    """Add a section at the end of the agenda.

    Args:
        title: None: what its topic is called.
        minutes: 1 to 240.

    Raises:
        Refused: The title is too long or missing for a topic that has no name, the minutes are
            none, or there are too many sections.
        AccessRefused: Whoever asks is not invited; so for every gesture in a meeting.
    """
    named = _section_title(title, topic)
    _check_minutes(minutes)

    def gesture(seat: Seat) -> Section:
        sections = read_sections(seat)
        if len(sections) >= MOST_SECTIONS:
            raise Refused.of(msg("{most} sections are enough.", most=MOST_SECTIONS))
        last = max((section.position for section in sections), default=0)
        section = Section(last + 1, topic, named, minutes)
        put_section(seat, section)
        return section

    return take_seat(context, meeting_id, gesture)


def change_section(
    context: Context, meeting_id: int, position: int, title: str | None, minutes: int
) -> None:
    """Give a section another title and another length; also while the meeting runs.

    Raises:
        Refused: As for ``add_section``, or there is no such section.
    """
    _check_minutes(minutes)

    def gesture(seat: Seat) -> None:
        before = known_section(seat, position)
        after = replace(before, title=_section_title(title, before.topic), minutes=minutes)
        if after != before:
            put_section(seat, after)

    take_seat(context, meeting_id, gesture)


def move_section(context: Context, meeting_id: int, position: int, to: int) -> None:
    """Put a section to another place, before the meeting starts; its points go along.

    Raises:
        Refused: There is no such section or place, or the meeting has started.
    """

    def gesture(seat: Seat) -> None:
        _refuse_started(seat)
        known_section(seat, position)
        known_section(seat, to)
        order = [section.position for section in read_sections(seat)]
        order.remove(position)
        order.insert(to - 1, position)
        _reorder(seat, order)

    take_seat(context, meeting_id, gesture)


def remove_section(context: Context, meeting_id: int, position: int) -> None:
    """Take a section off the agenda, before the meeting starts; its points go to another one.

    Raises:
        Refused: There is no such section, it is the only one, or the meeting has started.
    """

    def gesture(seat: Seat) -> None:
        _refuse_started(seat)
        known_section(seat, position)
        order = [section.position for section in read_sections(seat)]
        if len(order) == 1:
            raise Refused.of(msg("A meeting has one section at least."))
        order.remove(position)
        _reorder(seat, order)

    take_seat(context, meeting_id, gesture)


def _reorder(seat: Seat, order: Sequence[int]) -> None:
    """Number the sections anew.

    Args:
        order: Their former positions; those left out are taken off the agenda.
    """
    sections = {section.position: section for section in read_sections(seat)}
    items = read_items(seat)
    _refuse_written(seat, sections.keys() - set(order))
    _carry_notes(seat, order)
    for position in sections:
        seat.put("delete_section", meeting_id=seat.meeting_id, position=position)
    for place, former in enumerate(order, 1):
        put_section(seat, replace(sections[former], position=place))
    for item in items:
        if item.section in order:
            place = order.index(item.section) + 1
        else:
            place = section_of(seat, Topic.OTHER)
        if place != item.section:
            update_item(seat, replace(item, section=place))


def _refuse_written(seat: Seat, positions: Collection[int]) -> None:
    """Refuse to take sections off the agenda in which something is written."""
    subjects = {f"section {position}" for position in positions}
    if any(note.subject in subjects and note.text for note in read_notes(seat)):
        raise Refused.of(
            msg("Something is written down in this section."),
            hint=msg("Move the text to another section first."),
        )


def _carry_notes(seat: Seat, order: Sequence[int]) -> None:
    """Let what is written in a section go along with it."""
    notes = {note.subject: note for note in read_notes(seat)}
    for place, former in enumerate(order, 1):
        moved, there = notes.get(f"section {former}"), notes.get(f"section {place}")
        text, before = moved.text if moved else "", there.text if there else ""
        if former != place and text != before:
            seat.put(
                "put_note",
                meeting_id=seat.meeting_id,
                subject=f"section {place}",
                text=text,
                version=(there.version if there else 0) + 1,
                changed_at=clock.now(),
                author=moved.author if moved else None,
            )


def _check_minutes(minutes: int) -> None:
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused.of(
            msg("{minutes} minutes are no length for a section.", minutes=minutes),
            hint=msg("Give it 1 to {most} minutes.", most=MOST_MINUTES),
        )


def _section_title(title: str | None, topic: Topic) -> str | None:
    if topic is Topic.OTHER:
        return typed.title(title or "")
    return typed.optional_title(title)


def _refuse_started(seat: Seat) -> None:
    if seat.head.status is not Status.PLANNED:
        raise Refused.of(
            msg("The meeting has started."),
            hint=msg("Add a section at the end, or change its length."),
        )
