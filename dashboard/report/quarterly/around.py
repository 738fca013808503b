"""What stands around a quarterly review on paper: causes, plan, discipline, annex. Pure."""

from collections.abc import Sequence
from datetime import date

from dashboard import format as fmt
from dashboard.report.minutes_gaps import Measured, gap_then
from dashboard.report.sheet import (
    Cell,
    Column,
    Entries,
    Entry,
    Fact,
    Facts,
    Part,
    Sentence,
    Table,
    Tone,
)
from dashboard.rhythm.effect import words as effect_words
from dashboard.rhythm.effect.discipline import Discipline, Mark, Point
from dashboard.rhythm.gap_review.decision import GapLine, response_then
from dashboard.rhythm.quarter.amounts import amount
from dashboard.rhythm.quarter.record import KpiMeaning, PlanOutcome, PriorityOutcome, QuarterRecord
from dashboard.rhythm.review import FileLine
from dashboard.rhythm.words import entity_name
from dashboard.text import Language, render, text, text_plural
from pipelines.analysis.judgement import Aim
from pipelines.analysis.signals import LIMIT_FACTOR
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Calendar

_MARKED: dict[Mark, Tone] = {Mark.MET: "good", Mark.MISSED: "work"}


def causes(found: Sequence[GapLine], language: Language, calendar: Calendar) -> Part | None:
    """Return what the months' gap reviews found and decided; None without any."""
    if not found:
        return None
    columns = (
        Column(text("Gap", language), wide=True),
        Column(text("Cause", language), wide=True),
        Column(text("Decision", language), wide=True),
    )
    rows = tuple(
        (
            Cell(render(one.name, language), fmt.period_name(one.month, calendar, language)),
            Cell(one.cause or fmt.NOTHING),
            Cell(*_decision(one, language)),
        )
        for one in found
    )
    return Part(text("What the monthly gap reviews found", language), (Table(columns, rows),))


def plan(outcome: PlanOutcome | None, language: Language) -> Part | None:
    """Return what became of the plan; None without one."""
    if outcome is None:
        return None
    dates = text(
        "The plan from {start} to {end}",
        language,
        start=fmt.day(outcome.starts_on, language),
        end=fmt.day(outcome.ends_on, language),
    )
    late = text_plural("{count} still late", "{count} still late", outcome.late, language)
    dropped = text_plural("{count} given up", "{count} given up", outcome.dropped, language)
    kept = text(
        "{done}; {late}, {dropped}.",
        language,
        done=done_words(outcome, language),
        late=late if outcome.late else text("none still late", language),
        dropped=dropped if outcome.dropped else text("none given up", language),
    )
    columns = (
        Column(text("Priority", language), wide=True),
        Column(text("From", language), number=True),
        Column(text("Aimed at", language), number=True),
        Column(text("Reached (last four weeks)", language), number=True),
        Column(text("Actions done", language), number=True),
    )
    rows = tuple(_priority(one, language) for one in outcome.priorities)
    return Part(dates, (Sentence(kept), *((Table(columns, rows),) if rows else ())))


def done_words(outcome: PlanOutcome, language: Language) -> str:
    """Return how many of a plan's actions are done, and how many of these were so too late."""
    done = text_plural(
        "{count} action out of {all} done",
        "{count} actions out of {all} done",
        outcome.done,
        language,
        all=str(outcome.done + outcome.late + outcome.running),
    )
    if not outcome.done_late:
        return done
    return text_plural(
        "{done}, {count} of them after its date",
        "{done}, {count} of them after their date",
        outcome.done_late,
        language,
        done=done,
    )


def measured_by(kpi: LocalText | None, language: Language, *, weekly: bool) -> str:
    """Return what a priority is measured by, for small print; "" without a KPI."""
    if kpi is None:
        return ""
    return text("{kpi}, per week", language, kpi=kpi) if weekly else render(kpi, language)


def discipline(found: Discipline, seen_on: date, language: Language) -> Part:
    """Return the checklist of the method, as it stood on a day."""
    columns = (
        Column(text("The method, point by point", language), wide=True),
        Column(text("Measured", language), wide=True),
        Column(text("State", language)),
    )
    rows = tuple(
        (
            Cell(effect_words.point_name(line.point, language)),
            Cell(effect_words.line_words(line, language)),
            Cell(effect_words.mark_name(line.mark, language), tone=_MARKED.get(line.mark, "quiet")),
        )
        for line in found.lines
    )
    streak = Sentence(effect_words.streak_words(found, language))
    heading = text("Discipline on {day}", language, day=fmt.day(seen_on, language))
    return Part(heading, (streak, Table(columns, rows)))


def discipline_said(found: Discipline, language: Language) -> str:
    """Return for the first page whether meetings are held and commitments kept; "": unknown."""
    measured = {
        line.point: effect_words.line_words(line, language)
        for line in found.lines
        if line.mark is not Mark.NOT_YET
    }
    said = []
    if Point.HELD in measured:
        held = measured[Point.HELD]
        said.append(
            text(
                "Weekly meetings held since {day}: {measured}.",
                language,
                day=found.since,
                measured=held,
            )
        )
    if Point.KEPT in measured:
        kept = measured[Point.KEPT]
        said.append(text("Commitments kept on their day: {measured}.", language, measured=kept))
    return " ".join(said)


def annex(record: QuarterRecord, language: Language) -> tuple[Part, ...]:
    """Return what the KPIs mean, and where the numbers come from."""
    found = (
        _meanings(record.meanings, language),
        _judged(language) if record.review.kpis else None,
        _files(record.files, language),
    )
    return tuple(part for part in found if part is not None)


def _meanings(found: Sequence[KpiMeaning], language: Language) -> Part | None:
    if not found:
        return None
    entries = tuple(
        Entry(
            render(one.name, language),
            # of a KPI kept by hand, nobody wrote down which question it answers
            facts=tuple(
                Fact(label, render(said, language))
                for label, said in (
                    (text("Answers", language), one.question),
                    (text("Computed as", language), one.formula),
                )
                if said.en
            ),
        )
        for one in found
    )
    heading = text("Annex: what the KPIs mean", language)
    return Part(heading, (Entries(entries),))


def _judged(language: Language) -> Part:
    """Return the words in which the weeks of a KPI are judged."""
    limits = text(
        "As long as nothing changes in how the company works, nearly every week lies between them: "
        "the mean of the weeks ± {factor} times the mean change from one week to the next "
        "(D. J. Wheeler).",
        language,
        factor=LIMIT_FACTOR,
    )
    signal = text(
        "A week outside the natural limits, or a run of weeks on one side of the mean: chance alone "
        "rarely does that.",
        language,
    )
    mean = text(
        "Each week counts alike: the mean of a rate's weeks is not the rate of the quarter.",
        language,
    )
    facts = (
        Fact(text("Natural limits", language), limits),
        Fact(text("Signal", language), signal),
        Fact(text("Mean of the weeks", language), mean),
    )
    return Part(text("Annex: how weeks are judged", language), (Facts(facts),))


def _files(found: Sequence[FileLine], language: Language) -> Part | None:
    if not found:
        return None
    columns = (
        Column(text("File", language), wide=True),
        Column(text("Imported on", language)),
        Column(text("Data up to", language)),
        Column(text("Rows", language), number=True),
        Column(text("Set aside", language), number=True),
    )
    rows = tuple(
        (
            Cell(one.file_name, render(entity_name(one.entity), language)),
            Cell(fmt.dated(one.as_of, language)),
            Cell(fmt.dated(one.newest_event, language) if one.newest_event else fmt.NOTHING),
            Cell(fmt.value(one.rows_read, Unit.COUNT, language)),
            Cell(fmt.value(one.rejected, Unit.COUNT, language)),
        )
        for one in found
    )
    return Part(text("Annex: where the numbers come from", language), (Table(columns, rows),))


def _decision(one: GapLine, language: Language) -> tuple[str, str]:
    """Return what was decided about a gap, and what stands in small print below it."""
    if one.response is None:
        then = gap_then(one.earlier, Measured(one.unit, one.currency, language))
        return then or text("not decided", language), ""
    if one.action is not None:
        by = fmt.short_day(one.action.due_on, language)
        return one.action.title, f"{one.action.owner} · {by}"
    if one.new_target is not None:
        aim = Aim(one.new_target.value, one.new_target.max_value, one.new_target.at_most)
        value = fmt.aim(aim, one.unit, language, currency=one.currency, compact=True)
        new = text("Target {target}", language, target=value)
        return f"{render(response_then(one.response), language)} · {new}", one.reason or ""
    return render(response_then(one.response), language), one.reason or ""


def _priority(one: PriorityOutcome, language: Language) -> tuple[Cell, ...]:
    def written(number: float | None) -> str:
        if one.unit is None or number is None:
            return fmt.NOTHING
        return render(amount(number, one.unit, one.currency), language)

    tone: Tone = "plain" if one.met is None else "good" if one.met else "work"
    done = text("{part} of {whole}", language, part=one.done, whole=one.actions)
    return (
        Cell(one.title, measured_by(one.kpi_name, language, weekly=one.weekly)),
        Cell(written(one.from_value)),
        Cell(written(one.to_value)),
        Cell(written(one.reached), tone=tone),
        Cell(done if one.actions else fmt.NOTHING),
    )
