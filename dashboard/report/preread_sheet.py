"""What to read before a meeting, in words. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard import format as fmt
from dashboard.report.minutes_parts import (
    blocker_entry,
    due_column,
    in_agenda_order,
    point_entry,
    standing,
)
from dashboard.report.minutes_timing import duration
from dashboard.report.scoreboard import scoreboard
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
    Sheet,
    Table,
)
from dashboard.rhythm.meeting.preread import Preread, Silent
from dashboard.rhythm.meeting.words import purpose_name, topic_name
from dashboard.rhythm.pact.words import Around, facts_words, trigger_words
from dashboard.rhythm.series import kind_name
from dashboard.rhythm.words import entity_name
from dashboard.text import Language, listed, render, text, text_plural

_MINUTE = 60


def preread_sheet(value: Preread, around: Around, *, beside_agenda: bool = False) -> Sheet:
    """Return everything that is to be read before a meeting, in the language of ``around``.

    Args:
        beside_agenda: It stands beside the meeting itself: who is invited and what is on the
            agenda is seen there.
    """
    language = around.language
    return Sheet(
        language,
        value.company,
        render(kind_name(value.kind), language),
        text("To read before {day}", language, day=fmt.full_day(value.held_on, language)),
        (_lead(value, language),),
        () if beside_agenda else _facts(value, language),
        _parts(value, around, beside_agenda=beside_agenda),
        text("Cap 90 · made from the data of the moment", language),
        value.held_on,
    )


def _parts(value: Preread, around: Around, *, beside_agenda: bool) -> tuple[Part, ...]:
    language = around.language
    found = (
        _exceptions(value, around),
        _pacts(value, around),
        _late(value, language),
        _entries(
            text("Blockers", language), (blocker_entry(one, language) for one in value.blockers)
        ),
        _entries(
            text("Points on the agenda", language),
            # nothing is carried over before the meeting is held
            (
                point_entry(replace(one, carried=False, became=None), language)
                for one in in_agenda_order(value.points)
            ),
        )
        if not beside_agenda
        else None,
        _trials(value, around),
        _silent(value.silent, language),
        _files(value, language),
        None if beside_agenda else _agenda(value, language),
    )
    return tuple(part for part in found if part is not None)


def _lead(value: Preread, language: Language) -> Sentence:
    return Sentence(
        text(
            "{exceptions}, {late}, {blockers}.",
            language,
            exceptions=text_plural(
                "{count} exception", "{count} exceptions", len(value.exceptions), language
            ),
            late=text_plural(
                "{count} late commitment", "{count} late commitments", len(value.late), language
            ),
            blockers=text_plural(
                "{count} open blocker", "{count} open blockers", len(value.blockers), language
            ),
        )
    )


def _facts(value: Preread, language: Language) -> tuple[Fact, ...]:
    found = (
        (text("Purpose", language), render(purpose_name(value.purpose), language)),
        (text("Led by", language), value.chair or ""),
        (text("Invited", language), listed(value.invited, language)),
    )
    return tuple(Fact(label, said) for label, said in found if said)


def _exceptions(value: Preread, around: Around) -> Part | None:
    language = around.language
    heading = text(
        "Exceptions of {week} ({dates})",
        language,
        week=fmt.period_name(value.week, around.calendar, language),
        dates=fmt.period_dates(value.week, language),
    )
    quiet = text_plural(
        "{count} other KPI has nothing to discuss.",
        "{count} other KPIs have nothing to discuss.",
        value.quiet,
        language,
    )
    others: tuple[Block, ...] = (Sentence(quiet, "quiet"),) if value.quiet else ()
    part = scoreboard(value.exceptions, value.week, around.calendar, language, {}, heading=heading)
    if part is None:
        return Part(heading, others) if others else None
    reasons = tuple(
        Fact(render(line.name, language), render(why, language))
        for line, why in zip(value.exceptions, value.reasons, strict=True)
    )
    return Part(heading, (*part.blocks, Facts(reasons), *others))


def _pacts(value: Preread, around: Around) -> Part | None:
    language = around.language
    return _entries(
        text("A pressure pact holds", language),
        (
            Entry(
                facts_words(one.event.facts, around),
                facts=(
                    Fact(
                        text("When", language),
                        trigger_words(one.pact.trigger, one.pact.terms, around),
                    ),
                    Fact(text("we will", language), one.event.said.decision),
                    Fact(text("we will not", language), one.event.said.reflex),
                ),
            )
            for one in value.pacts
        ),
    )


def _late(value: Preread, language: Language) -> Part | None:
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


def _trials(value: Preread, around: Around) -> Part | None:
    language = around.language

    def name(key: str) -> str:
        known = around.definitions.get(key)
        return render(known.name, language) if known else key

    return _entries(
        text("Experiments whose effect should show", language),
        (
            Entry(
                one.title,
                f"{name(one.kpi)} · {fmt.dated(one.shows_from, language)}",
                facts=(Fact(text("Hypothesis", language), one.hypothesis),),
            )
            for one in value.trials
        ),
    )


def _silent(silent: tuple[Silent, ...], language: Language) -> Part | None:
    if not silent:
        return None
    facts = tuple(
        Fact(
            one.name or text("Nobody", language),
            "\n".join(
                [
                    *(
                        text("News of “{title}”", language, title=title)
                        for title in one.commitments
                    ),
                    *(
                        text("{kpi}: no number typed for the week", language, kpi=kpi)
                        for kpi in one.kpis
                    ),
                ]
            ),
        )
        for one in silent
    )
    return Part(text("Still awaited from", language), (Facts(facts),))


def _files(value: Preread, language: Language) -> Part | None:
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


def _agenda(value: Preread, language: Language) -> Part | None:
    if not value.sections:
        return None
    facts = tuple(
        Fact(
            one.title or render(topic_name(one.topic), language),
            duration(one.minutes * _MINUTE, language),
        )
        for one in value.sections
    )
    return Part(text("Agenda", language), (Facts(facts),))


def _entries(heading: str, entries: Iterable[Entry]) -> Part | None:
    found = tuple(entries)
    return Part(heading, (Entries(found),)) if found else None
