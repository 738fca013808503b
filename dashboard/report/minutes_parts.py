"""The parts of the minutes, each as a part of a sheet; None where there is nothing to say. Pure."""

from collections.abc import Collection, Iterable
from datetime import date

from dashboard import format as fmt
from dashboard.report.minutes_timing import section_name
from dashboard.report.sheet import (
    Block,
    Cell,
    Column,
    Entries,
    Entry,
    Fact,
    Facts,
    Part,
    Sentence,
    Table,
)
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.escalation import in_words
from dashboard.rhythm.meeting.keeping import kept_of
from dashboard.rhythm.meeting.minutes import (
    BlockerLine,
    CommitmentLine,
    Minutes,
    PointLine,
    PointState,
    Standing,
    TaskLine,
)
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.meeting.words import is_name_of
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Unit


def decisions(minutes: Minutes, language: Language) -> Part | None:
    """Return what was decided, who carries it out, by when."""
    if not minutes.decisions:
        return None
    titles = {one.blocker_id: title_of(one, language) for one in minutes.blockers}

    def about(blocker_id: int | None) -> str:
        title = None if blocker_id is None else titles.get(blocker_id)
        return text("Blocker: {title}", language, title=title) if title else ""

    rows = tuple(
        (
            Cell(one.text, about(one.blocker_id), subject=f"decision {one.decision_id}"),
            Cell(one.owner),
            _day(one.due_on, language),
        )
        for one in minutes.decisions
    )
    columns = _who_what_when(text("Decision", language), language)
    return Part(text("Decisions", language), (Table(columns, rows),))


def new_actions(minutes: Minutes, language: Language) -> Part | None:
    """Return the new actions that carry out no decision."""
    if not minutes.actions:
        return None
    return Part(text("New actions", language), (tasks(minutes.actions, language),))


def still_open(minutes: Minutes, language: Language) -> Part | None:
    """Return what else was open, by owner, also what absent people had."""
    older = [one for one in minutes.tasks if not one.new]
    if not older:
        return None
    return Part(text("Also open at the close", language), (tasks(older, language, minutes.absent),))


def tasks(lines: Iterable[TaskLine], language: Language, absent: Collection[str] = ()) -> Table:
    """Return who does what by when.

    Args:
        absent: Names of those who did not hear it read out.
    """

    def owner(name: str) -> str:
        return text("{name} (absent)", language, name=name) if name in absent else name

    rows = tuple(
        (Cell(one.title), Cell(owner(one.owner)), _day(one.due_on, language)) for one in lines
    )
    return Table(_who_what_when(text("Action", language), language), rows)


def commitments(minutes: Minutes, language: Language) -> Part:
    """Return what the meeting looked back on, and which share of it was kept."""
    kept = kept_of(minutes)
    said = Sentence(kept_since(kept, language), "plain" if kept.reaches_goal else "work")
    blocks: tuple[Block, ...] = (said,)
    if minutes.commitments:
        columns = (
            *_who_what_when(text("Commitment", language), language),
            Column(text("State", language)),
        )
        rows = tuple(_commitment(one, minutes, language) for one in minutes.commitments)
        blocks = (said, Table(columns, rows))
        counted = [one for one in minutes.commitments if one.standing is not Standing.OPEN]
        if kept.share is not None and not kept.due == len(counted) == len(rows):
            blocks = (*blocks, Sentence(_counted_otherwise(language), "quiet"))
    return Part(text("Commitments", language), blocks)


def _counted_otherwise(language: Language) -> str:
    return text(
        "The share counts every date that fell due since the last meeting, also where an action was "
        "given up or put off only after it. The table lists what was done since then and what is "
        "still to do, each commitment once.",
        language,
    )


def blockers(minutes: Minutes, language: Language) -> Part | None:
    """Return the blockers: those it worked on first, then those on hold and open ones."""
    if not minutes.blockers:
        return None
    order = {BlockerStatus.WORKED: 0, BlockerStatus.PARKED: 1, BlockerStatus.OPEN: 2}
    listed = sorted(
        minutes.blockers, key=lambda one: (order[one.status], one.rank or len(minutes.blockers))
    )
    said = {one.decision_id: f"{one.text} ({one.owner})" for one in minutes.decisions}
    return Part(
        text("Blockers", language),
        (Entries(tuple(blocker_entry(one, language, said) for one in listed)),),
    )


def blocker_entry(
    line: BlockerLine, language: Language, decided: dict[int, str] | None = None
) -> Entry:
    """Return a blocker with its facts and what came of it.

    Args:
        decided: Decisions in words, by number.
    """
    known = decided or {}
    steps = (
        (text("Facts", language), line.facts),
        (text("Tried already", language), line.tried),
        (text("The real problem", language), line.problem),
        (text("Ideas", language), line.ideas),
        (
            text("Decision", language),
            "\n".join(known[number] for number in line.decisions if number in known),
        ),
    )
    title = title_of(line, language)
    kpi = render(line.kpi, language) if line.kpi else ""
    meta = [_became(line, language), "" if kpi == title else kpi]
    return Entry(
        title,
        " · ".join(part for part in meta if part),
        "good" if line.status is BlockerStatus.WORKED else "plain",
        tuple(Fact(label, said) for label, said in steps if said.strip()),
    )


def title_of(line: BlockerLine, language: Language) -> str:
    """Return what a blocker is called; one that is called as its KPI is, in the reader's words."""
    if line.kpi is not None and is_name_of(line.title, line.kpi):
        return render(line.kpi, language)
    return line.title


def wins(minutes: Minutes, language: Language) -> Part | None:
    """Return the good news."""
    if not minutes.wins:
        return None
    practice = text("kept as a good practice", language)
    entries = tuple(
        Entry(
            one.text,
            " · ".join(part for part in (one.person, practice if one.is_practice else "") if part),
        )
        for one in minutes.wins
    )
    return Part(text("Wins", language), (Entries(entries),))


def points(minutes: Minutes, language: Language) -> Part | None:
    """Return the points that stood on the agenda, with what was written down about them."""
    if not minutes.points:
        return None
    entries = tuple(point_entry(one, language) for one in in_agenda_order(minutes.points))
    return Part(text("Points", language), (Entries(entries),))


def in_agenda_order(points: Iterable[PointLine]) -> list[PointLine]:
    """Return points as the agenda has them: by section, then as they were raised."""
    return sorted(points, key=lambda one: (one.section, one.item_id))


def _point_state(line: PointLine, language: Language) -> str:
    match line.became:
        case PointState.SETTLED:
            return text("settled", language)
        case PointState.BLOCKER:
            return text("became a blocker", language)
        case PointState.UNTOUCHED:
            return text("nothing said", language)
        case PointState.CARRIED | None:
            return text("goes on to the next meeting", language) if line.carried else ""


def point_entry(line: PointLine, language: Language) -> Entry:
    """Return a point of the agenda."""
    raised = line.raised_by or (render(in_words(line.reason), language) if line.reason else "")
    state = _point_state(line, language)
    said = (Fact(text("Noted", language), line.note),) if line.note.strip() else ()
    return Entry(line.title, " · ".join(part for part in (raised, state) if part), facts=said)


def notes(minutes: Minutes, language: Language) -> Part | None:
    """Return what was written down in the sections."""
    names = {one.position: section_name(one, language) for one in minutes.sections}
    facts = tuple(
        Fact(names.get(one.position, str(one.position)), one.text) for one in minutes.notes
    )
    return Part(text("Notes", language), (Facts(facts),)) if facts else None


def kept_words(kept: Kept, language: Language) -> str:
    """Return which share of the commitments due was kept: 4 out of 5 on their day (80 %)."""
    if kept.share is None:
        return text("No commitment was due.", language)
    return text_plural(
        # English and French both count what was kept: 1 commitment out of 2
        "{count} commitment out of {due} kept on its day ({share}); the goal is {goal}.",
        "{count} commitments out of {due} kept on their day ({share}); the goal is {goal}.",
        kept.on_time,
        language,
        due=kept.due,
        share=fmt.value(round(kept.share, 2), Unit.PERCENT, language),
        goal=fmt.value(kept.goal, Unit.PERCENT, language),
    )


def kept_since(kept: Kept, language: Language) -> str:
    """Return the same as a sentence of its own, which says since when they were due."""
    said = kept_words(kept, language)
    if kept.share is None:
        return said
    return text("Due since the last meeting: {kept}", language, kept=said)


def _commitment(line: CommitmentLine, minutes: Minutes, language: Language) -> tuple[Cell, ...]:
    return (
        Cell(line.title, render(line.kpi, language) if line.kpi else ""),
        Cell(line.owner),
        _day(line.due_on, language),
        standing(line, minutes.held_on, language),
    )


def standing(line: CommitmentLine, day: date, language: Language) -> Cell:
    """Return how a commitment stood on a day."""
    match line.standing:
        case Standing.DONE:
            late = (line.done_on - line.due_on).days if line.done_on else 0
            if late <= 0:
                return Cell(text("done", language), tone="good")
            said = text_plural("done {count} day late", "done {count} days late", late, language)
            return Cell(said, tone="quiet")
        case Standing.LATE:
            late = (day - line.due_on).days
            said = text_plural("{count} day late", "{count} days late", late, language)
            return Cell(said, tone="alert")
        case Standing.OPEN:
            return Cell(text("due that day", language), tone="quiet")


def _became(line: BlockerLine, language: Language) -> str:
    match line.status:
        case BlockerStatus.WORKED:
            return text("settled", language)
        case BlockerStatus.PARKED:
            return text(
                "on hold until {day}, to be decided at: {forum}",
                language,
                day=line.parked_until or fmt.NOTHING,
                forum=line.forum or fmt.NOTHING,
            )
        case BlockerStatus.OPEN | BlockerStatus.DROPPED:  # minutes list none that was struck off
            return text("still open", language)


def _who_what_when(what: str, language: Language) -> tuple[Column, ...]:
    return (
        Column(what, wide=True),
        Column(text("Responsible", language)),
        due_column(language),
    )


def due_column(language: Language) -> Column:
    """Return the column that says by when."""
    return Column(text("Due date", language), leads=text("due date:", language))


def _day(when: date, language: Language) -> Cell:
    return Cell(fmt.dated(when, language))
