"""The monthly gap review in words. Pure."""

from dataclasses import replace

from dashboard import format as fmt
from dashboard.report.earlier import reviewed_before
from dashboard.report.gap_parts import gap_blocks, nothing_judged, on_target_of, standing, state_of
from dashboard.report.landing_parts import landing_part
from dashboard.report.scoreboard import kpi_columns
from dashboard.report.sheet import Block, Cell, Column, Fact, Part, Sentence, Sheet, Table
from dashboard.rhythm.gap_review.decision import GapDecision, response_then
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import kind_name
from dashboard.rhythm.words import entity_name
from dashboard.text import Language, render, text, text_plural
from pipelines.gaps.model import Gap, Standing
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar


def gap_review_sheet(review: GapReview, language: Language, calendar: Calendar) -> Sheet:
    """Return everything a gap review says.

    Args:
        review: As whoever reads it may see it.
        calendar: The company's, for the names of periods.
    """
    landings = [gap.landing for gap in review.gaps if gap.landing is not None]
    found = (
        _scores(review, language),
        landing_part(landings, review.records, language, calendar),
        _gaps(review, language),
        restated(review, language),
        intakes(review, language),
    )
    return Sheet(
        language,
        review.company,
        render(kind_name(Kind.MONTHLY), language),
        fmt.month_title(review.month, language),
        (*_again(review, language, calendar), *_lead(review, language)),
        _facts(review, language),
        tuple(part for part in found if part is not None),
        text("Cap 90 · made on {day}", language, day=fmt.day(review.today, language)),
        review.today,
    )


def _again(review: GapReview, language: Language, calendar: Calendar) -> tuple[Sentence, ...]:
    """Return that the month was reviewed before; nothing if it was not."""
    said = reviewed_before(review.month, review.reviewed_on, calendar, language)
    return (Sentence(said, "work"),) if said else ()


def _lead(review: GapReview, language: Language) -> tuple[Sentence, ...]:
    return (_counted(review, language), *left_out(review, language))


def _counted(review: GapReview, language: Language) -> Sentence:
    """Return how many KPIs are on target, and how many of the gaps have a decision."""
    judged, off = review.judged, review.missed
    if not judged:
        return Sentence(nothing_judged(language), "quiet")
    said = on_target_of(len(judged) - len(off), len(judged), language)
    if not off:
        return Sentence(said, "good")
    decided = sum(review.is_decided(gap.definition.key) for gap in off)
    more = text_plural(
        "{count} gap out of {all} has a decision.",
        "{count} gaps out of {all} have a decision.",
        decided,
        language,
        all=str(len(off)),
    )
    return Sentence(f"{said} {more}")


def left_out(review: GapReview, language: Language) -> tuple[Sentence, ...]:
    """Return how many KPIs are not shown to whoever reads it; nothing if all are."""
    if not review.unseen:
        return ()
    said = text_plural(
        "{count} KPI is not shown to you: the review is counted without it.",
        "{count} KPIs are not shown to you: the review is counted without them.",
        review.unseen,
        language,
    )
    return (Sentence(said, "quiet"),)


def _facts(review: GapReview, language: Language) -> tuple[Fact, ...]:
    by = {one.decided_by for one in review.decisions if one.decided_by}
    return (Fact(text("Decided by", language), ", ".join(sorted(by))),) if by else ()


def _scores(review: GapReview, language: Language) -> Part | None:
    """Return the month at a glance: each KPI with what was decided; None without any."""
    found = [(gap, gap.month) for gap in review.exceptions_first if gap.month is not None]
    if not found:
        return None
    columns = (
        *kpi_columns(language),
        Column(text("Decision", language), wide=True),
    )
    rows = tuple(_score(gap, month, review, language) for gap, month in found)
    return Part(text("The KPIs of the month", language), (Table(columns, rows),))


def _score(gap: Gap, month: Standing, review: GapReview, language: Language) -> tuple[Cell, ...]:
    name, number, target, apart, _ = standing(
        render(gap.definition.name, language), month, gap, language
    )
    key = gap.definition.key
    earlier = review.earlier_decision(key)
    decision = review.decision(key) or (earlier.decision if earlier else None)
    state, tone = state_of(gap, language)
    return (
        replace(name, small=state),
        number,
        target,
        replace(apart, tone=tone),
        _decision(decision, language) if decision else Cell(fmt.NOTHING, tone="quiet"),
    )


def _decision(decision: GapDecision, language: Language) -> Cell:
    """Return what was decided, with who does what until when, where somebody does something."""
    if decision.action is None:
        return Cell(render(response_then(decision.response), language))
    given = decision.action
    return Cell(given.title, f"{given.owner} · {fmt.day(given.due_on, language)}")


def _gaps(review: GapReview, language: Language) -> Part | None:
    blocks: list[Block] = []
    # exceptions first: what reached its target is read if there is time
    for gap in review.exceptions_first:
        key = gap.definition.key
        cause, decision = review.cause(key), review.decision(key)
        earlier = review.earlier_decision(key)
        blocks += gap_blocks(gap, language, cause=cause, decision=decision, earlier=earlier)
    if not blocks:
        return None
    if review.proposed:
        note = text(
            "These KPIs are a proposal: choose the five to seven that you will follow.", language
        )
        blocks.insert(0, Sentence(note, "work"))
    return Part(text("Gaps and their causes", language), tuple(blocks))


def restated(review: GapReview, language: Language) -> Part | None:
    """Return which numbers of the former review are others today; None: none is."""
    if not review.restated or review.former is None:
        return None
    month = fmt.month_title(review.former.month, language)
    columns = (
        Column(text("KPI", language), wide=True),
        Column(text("As said then", language), number=True),
        Column(text("As the data say now", language), number=True),
    )
    rows = tuple(_restated_row(gap, language) for gap in review.restated)
    heading = text("{month} is not what it was said to be", language, month=month)
    return Part(heading, (Table(columns, rows),))


def _restated_row(gap: Gap, language: Language) -> tuple[Cell, ...]:
    then, now = gap.restated or (None, None)

    def written(number: float | None) -> Cell:
        return Cell(fmt.value(number, gap.definition.unit, language, currency=gap.currency))

    return (Cell(render(gap.definition.name, language)), written(then), written(now))


def intakes(review: GapReview, language: Language) -> Part | None:
    """Return which files came in since the last review; None without any."""
    if not review.intakes:
        return None
    columns = (
        Column(text("File", language), wide=True),
        Column(text("New", language), number=True),
        Column(text("Changed", language), number=True),
        Column(text("Set aside", language), number=True),
    )

    def count(number: int) -> Cell:
        return Cell(fmt.value(number, Unit.COUNT, language))

    rows = tuple(
        (
            Cell(one.file_name, render(entity_name(one.entity), language)),
            count(one.added),
            count(one.changed),
            count(one.rejected),
        )
        for one in review.intakes
    )
    heading = text("What changed in the data since the last review", language)
    return Part(heading, (Table(columns, rows),))
