"""The parts that the preparations of all meetings have; None where there is nothing to say. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard import format as fmt
from dashboard.report.minutes_parts import (
    blocker_entry,
    due_column,
    in_agenda_order,
    point_entry,
    standing,
)
from dashboard.report.sheet import Cell, Column, Entries, Entry, Fact, Facts, Part, Table
from dashboard.rhythm.meeting.words import topic_name
from dashboard.rhythm.preread.model import Asked, Preread
from dashboard.rhythm.words import entity_name
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.kpis.definition import LocalText


def late(value: Preread, language: Language) -> Part | None:
    """Return the commitments that are late."""
    if not value.late:
        return None
    columns = (
        Column(text("Commitment", language), wide=True),
        Column(text("Responsible", language)),
        due_column(language),
        Column(text("State", language)),
    )
    rows = tuple(
        (
            Cell(one.title, render(one.kpi, language) if one.kpi else ""),
            Cell(one.owner),
            Cell(fmt.dated(one.due_on, language)),
            standing(one, value.as_of, language),
        )
        for one in value.late
    )
    return Part(text("Late commitments", language), (Table(columns, rows),))


def blockers(value: Preread, language: Language) -> Part | None:
    """Return the blockers to talk about."""
    return entries(
        text("Blockers", language), (blocker_entry(one, language) for one in value.blockers)
    )


def points(value: Preread, language: Language) -> Part | None:
    """Return what people put on the agenda."""
    return entries(
        text("Points on the agenda", language),
        # nothing is carried over before the meeting is held
        (
            point_entry(replace(one, carried=False, became=None), language)
            for one in in_agenda_order(value.points)
        ),
    )


def agenda(value: Preread, language: Language) -> Part | None:
    """Return the sections with how long each is to take."""
    if not value.sections:
        return None
    facts = tuple(
        Fact(
            one.title or render(topic_name(one.topic), language),
            fmt.minutes(one.minutes, language),
        )
        for one in value.sections
    )
    return Part(text("Agenda", language), (Facts(facts),))


def asked(found: tuple[Asked, ...], language: Language, *, heading: str) -> Part | None:
    """Return what each is asked to bring."""
    if not found:
        return None
    facts = tuple(
        Fact(one.name or text("Nobody", language), "\n".join(_awaited(one, language)))
        for one in found
    )
    return Part(heading, (Facts(facts),))


def files(value: Preread, language: Language) -> Part | None:
    """Return how fresh the data is."""
    if not value.files:
        return None
    columns = (
        Column(text("Content", language), wide=True),
        Column(text("Imported on", language), leads=text("imported on", language)),
        Column(text("Data up to", language), leads=text("data up to", language)),
    )
    rows = tuple(
        (
            Cell(render(entity_name(one.entity), language), one.file_name),
            Cell(fmt.dated(one.as_of, language)),
            Cell(fmt.dated(one.newest_event, language) if one.newest_event else fmt.NOTHING),
        )
        for one in value.files
    )
    return Part(text("How fresh the data is", language), (Table(columns, rows),))


def entries(heading: str, found: Iterable[Entry]) -> Part | None:
    """Return things that are told at length."""
    listed_ones = tuple(found)
    return Part(heading, (Entries(listed_ones),)) if listed_ones else None


def _awaited(one: Asked, language: Language) -> Iterator[str]:
    if one.causes:
        yield text_plural(
            "The cause of the gap: {kpis}",
            "The causes of the gaps: {kpis}",
            len(one.causes),
            language,
            kpis=_names(one.causes, language),
        )
    if one.verdicts:
        names = _names(one.verdicts, language)
        yield text("What to keep, change or drop: {names}", language, names=names)
    for title in one.news:
        yield text("News of “{title}”", language, title=title)
    for missing in one.numbers:
        yield render(missing, language)


def _names(found: Sequence[LocalText], language: Language) -> str:
    return listed([render(name, language) for name in found], language)
