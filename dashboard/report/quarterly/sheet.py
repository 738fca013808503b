"""The quarterly review in words: one page to read, then the evidence. Pure."""

from dataclasses import replace

from dashboard import format as fmt
from dashboard.report.earlier import reviewed_before
from dashboard.report.gap_parts import gap_blocks
from dashboard.report.landing_parts import landing_part, landing_range
from dashboard.report.quarterly import around
from dashboard.report.quarterly.decided import changes, decided, tally
from dashboard.report.quarterly.following import following, priorities_said
from dashboard.report.quarterly.kpis import kpi_by_kpi
from dashboard.report.quarterly.scores import scores
from dashboard.report.quarterly.work import rituals, work
from dashboard.report.sheet import Block, Fact, Part, Sentence, Sheet
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.rhythm.series import kind_name
from dashboard.text import Language, render, text, text_plural
from pipelines.periods import Calendar


def quarter_sheet(record: QuarterRecord, language: Language, calendar: Calendar) -> Sheet:
    """Return everything the quarterly paper says.

    Args:
        record: As whoever reads it may see it.
        calendar: The company's, for the names of periods.
    """
    review, numbers = record.review, record.numbers
    landings = [gap.landing for gap in numbers.gaps if gap.landing is not None]
    found = (
        scores(review, language),
        _outlook(record, language, calendar),
        changes(review, language),
        *_folded(
            kpi_by_kpi(review, language, calendar),
            _gaps(record, language),
            around.causes(record.causes, language, calendar),
            landing_part(landings, numbers.records, language, calendar),
            around.plan(record.plan, language),
            *work(review, language),
        ),
        decided(review, language),
        *_folded(
            rituals(review, language),
            around.discipline(record.discipline, review.looked_on, language),
        ),
        following(record, language, calendar, new_page=True),
        *_folded(*around.annex(record, language)),
    )
    return Sheet(
        language,
        review.company,
        render(kind_name(Kind.QUARTERLY), language),
        text(
            "{quarter} · {dates}",
            language,
            quarter=fmt.period_name(review.quarter, calendar, language),
            dates=fmt.period_dates(review.quarter, language),
        ),
        _lead(record, language, calendar),
        _facts(record, language),
        tuple(part for part in found if part is not None),
        text("Cap 90 · made on {day}", language, day=fmt.day(review.looked_on, language)),
        review.looked_on,
    )


def _folded(*parts: Part | None) -> tuple[Part, ...]:
    """Return the evidence, which a screen shows to whoever opens it."""
    return tuple(replace(part, folded=True) for part in parts if part is not None)


def _lead(record: QuarterRecord, language: Language, calendar: Calendar) -> tuple[Sentence, ...]:
    review = record.review
    judged = [item.kpi for item in review.kpis if item.kpi and item.kpi.on_target is not None]
    said: list[Sentence] = []
    if again := reviewed_before(review.quarter, review.reviewed_on, calendar, language):
        said.append(Sentence(again, "work"))
    if judged:
        on_target = sum(bool(one.on_target) for one in judged)
        said.append(
            Sentence(
                text_plural(
                    "{count} KPI out of {all} on target.",
                    "{count} KPIs out of {all} on target.",
                    on_target,
                    language,
                    all=str(len(judged)),
                )
            )
        )
    said += [Sentence(render(note, language), "work") for note in review.notes]
    return tuple(said)


def _facts(record: QuarterRecord, language: Language) -> tuple[Fact, ...]:
    """Return what to know if only the first page is read."""
    review = record.review
    found = (
        (text("Decided", language), tally(review, language)),
        (text("Plan", language), _plan(record, language)),
        (text("Discipline", language), around.discipline_said(record.discipline, language)),
        (text("Next priorities", language), priorities_said(record, language)),
    )
    return tuple(Fact(label, said) for label, said in found if said)


def _plan(record: QuarterRecord, language: Language) -> str:
    plan = record.plan
    if plan is None:
        return ""
    met = sum(bool(one.met) for one in plan.priorities)
    reached = text_plural(
        "{count} priority out of {all} reached",
        "{count} priorities out of {all} reached",
        met,
        language,
        all=str(len(plan.priorities)),
    )
    done = text_plural(
        "{count} action out of {all} done",
        "{count} actions out of {all} done",
        plan.done,
        language,
        all=str(plan.done + plan.late + plan.running),
    )
    return text("{reached}, {done}.", language, reached=reached, done=done)


def _outlook(record: QuarterRecord, language: Language, calendar: Calendar) -> Part | None:
    """Return where the quarter that goes on ends, by the first KPI that can tell."""
    for gap in record.numbers.gaps:
        landing = gap.landing
        if landing is not None and landing.outlook is not None:
            heading = text(
                "Outlook: {kpi}, {quarter}",
                language,
                kpi=gap.definition.name,
                quarter=fmt.period_name(landing.period, calendar, language),
            )
            return Part(heading, (landing_range(landing, landing.outlook, language),))
    return None


def _gaps(record: QuarterRecord, language: Language) -> Part | None:
    blocks: list[Block] = []
    gaps = record.numbers.gaps
    for gap in sorted(gaps, key=lambda one: bool(one.month and one.month.on_target)):
        if gap.month is not None and (gap.splits or gap.factors):
            blocks += gap_blocks(gap, language)
    if not blocks:
        return None
    return Part(text("Gaps and what they are made of", language), tuple(blocks), new_page=True)
