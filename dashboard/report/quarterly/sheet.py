"""The quarterly review in words: one page to read, then the evidence. Pure."""

from dashboard import format as fmt
from dashboard.report.gap_parts import gap_blocks
from dashboard.report.landing_parts import landing_part, landing_sentence
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
        changes(review, language),
        kpi_by_kpi(review, language, calendar),
        _gaps(record, language),
        around.causes(record.causes, language, calendar),
        landing_part(landings, numbers.records, language, calendar, new_page=True),
        around.plan(record.plan, language),
        *work(review, language),
        decided(review, language),
        rituals(review, language),
        around.discipline(record.discipline, language),
        following(record, language, calendar, new_page=True),
        *around.annex(record, language),
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
        _lead(record, language),
        _facts(record, language, calendar),
        tuple(part for part in found if part is not None),
        text("Cap 90 · made on {day}", language, day=fmt.day(review.looked_on, language)),
        review.looked_on,
    )


def _lead(record: QuarterRecord, language: Language) -> tuple[Sentence, ...]:
    review = record.review
    judged = [item.kpi for item in review.kpis if item.kpi and item.kpi.on_target is not None]
    said: list[Sentence] = []
    if judged:
        on_target = sum(bool(one.on_target) for one in judged)
        said.append(
            Sentence(
                text_plural(
                    "{part} of {count} KPI on target.",
                    "{part} of {count} KPIs on target.",
                    len(judged),
                    language,
                    part=str(on_target),
                )
            )
        )
    said += [Sentence(render(note, language), "work") for note in review.notes]
    return tuple(said)


def _facts(record: QuarterRecord, language: Language, calendar: Calendar) -> tuple[Fact, ...]:
    """Return what to know if only the first page is read."""
    review = record.review
    found = (
        (text("Decided", language), tally(review, language)),
        (text("Plan", language), _plan(record, language)),
        (text("Outlook", language), _outlook(record, language, calendar)),
        (text("Next priorities", language), priorities_said(record, language)),
    )
    return tuple(Fact(label, said) for label, said in found if said)


def _plan(record: QuarterRecord, language: Language) -> str:
    plan = record.plan
    if plan is None:
        return ""
    met = sum(bool(one.met) for one in plan.priorities)
    reached = text_plural(
        "{met} of {count} priority reached",
        "{met} of {count} priorities reached",
        len(plan.priorities),
        language,
        met=str(met),
    )
    done = text_plural(
        "{done} of {count} action done",
        "{done} of {count} actions done",
        plan.done + plan.late + plan.running,
        language,
        done=str(plan.done),
    )
    return text("{reached}, {done}.", language, reached=reached, done=done)


def _outlook(record: QuarterRecord, language: Language, calendar: Calendar) -> str:
    for gap in record.numbers.gaps:
        landing = gap.landing
        if landing is not None and landing.outlook is not None:
            return text(
                "{kpi}, {quarter}: {said}",
                language,
                kpi=gap.definition.name,
                quarter=fmt.period_name(landing.period, calendar, language),
                said=landing_sentence(landing, landing.outlook, language),
            )
    return ""


def _gaps(record: QuarterRecord, language: Language) -> Part | None:
    blocks: list[Block] = []
    for gap in record.numbers.gaps:
        if gap.month is not None and (gap.splits or gap.factors):
            blocks += gap_blocks(gap, language)
    if not blocks:
        return None
    return Part(text("Gaps and what they are made of", language), tuple(blocks), new_page=True)
