"""The quarterly review in words: one page to read, then the evidence. Pure."""

from dashboard import format as fmt
from dashboard.report.earlier import reviewed_before
from dashboard.report.gap_parts import gap_blocks
from dashboard.report.landing_parts import landing_part, landing_range
from dashboard.report.quarterly import around
from dashboard.report.quarterly.decided import changes, decided, deciders, tally
from dashboard.report.quarterly.following import following, priorities
from dashboard.report.quarterly.kpis import kpi_by_kpi
from dashboard.report.quarterly.scores import on_target, scores
from dashboard.report.quarterly.work import rituals, work
from dashboard.report.sheet import Block, Fact, Part, Sentence, Sheet, folded
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
        changes(record, language),
        *folded(
            kpi_by_kpi(review, language, calendar),
            _gaps(record, language),
            around.causes(record.causes, language, calendar),
            landing_part(landings, numbers.records, language, calendar),
            around.plan(record.plan, language),
            *work(review, language),
        ),
        decided(review, language),
        *folded(
            rituals(review, language),
            around.discipline(record.discipline, review.looked_on, language),
        ),
        following(record, language, calendar),
        *folded(*around.annex(record, language)),
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


def _lead(record: QuarterRecord, language: Language, calendar: Calendar) -> tuple[Sentence, ...]:
    review = record.review
    said: list[Sentence] = []
    if again := reviewed_before(review.quarter, review.reviewed_on, calendar, language):
        said.append(Sentence(again, "work"))
    said += on_target(review, language)
    if record.unseen:
        left_out = text_plural(
            "{count} thing in this review is not shown to you: KPIs, priorities and decisions are "
            "counted without it.",
            "{count} things in this review are not shown to you: KPIs, priorities and decisions are "
            "counted without them.",
            record.unseen,
            language,
        )
        said.append(Sentence(left_out, "quiet"))
    said += [Sentence(render(note, language), "work") for note in review.notes]
    return tuple(said)


def _facts(record: QuarterRecord, language: Language) -> tuple[Fact, ...]:
    """Return what to know if only the first page is read."""
    review = record.review
    found = (
        (text("Decided", language), tally(review, language)),
        (text("Decided by", language), ", ".join(deciders(review))),
        (text("Plan", language), _plan(record, language)),
        (text("Discipline", language), around.discipline_said(record.discipline, language)),
        (text("Next priorities", language), "\n".join(priorities(record))),
    )
    return tuple(Fact(label, said) for label, said in found if said)


def _plan(record: QuarterRecord, language: Language) -> str:
    plan = record.plan
    if plan is None:
        return ""
    met = sum(bool(one.met) for one in plan.priorities)
    reached = text_plural(
        "{count} priority out of {all} reached over the last four weeks",
        "{count} priorities out of {all} reached over the last four weeks",
        met,
        language,
        all=str(len(plan.priorities)),
    )
    done = around.done_words(plan, language)
    return text("{reached}; {done}.", language, reached=reached, done=done)


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
            record_of_it = record.numbers.record(gap.definition.key)
            drawing = landing_range(landing, landing.outlook, language, record_of_it)
            return Part(heading, (drawing,))
    return None


def _gaps(record: QuarterRecord, language: Language) -> Part | None:
    blocks: list[Block] = []
    for gap in record.numbers.exceptions_first:
        if gap.month is not None and (gap.splits or gap.factors):
            blocks += gap_blocks(gap, language)
    if not blocks:
        return None
    return Part(text("Gaps and what they are made of", language), tuple(blocks))
