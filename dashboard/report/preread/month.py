"""What to read before a gap review, in words: the gaps first. Pure."""

from collections.abc import Iterator

from dashboard import format as fmt
from dashboard.report.earlier import reviewed_before
from dashboard.report.gap_parts import in_one_sentence, nothing_judged, on_target_of
from dashboard.report.gap_review_sheet import intakes, left_out, restated
from dashboard.report.landing_parts import landing_part
from dashboard.report.minutes_gaps import Measured, decided, gap_then
from dashboard.report.preread import shared
from dashboard.report.scoreboard import kpi_columns
from dashboard.report.sheet import Block, Cell, Column, Fact, Facts, Part, Sentence, Table
from dashboard.rhythm.pact.words import Around
from dashboard.rhythm.preread.model import Month, Outcome, Preread
from dashboard.text import Language, render, text, text_plural
from pipelines.analysis.judgement import Aim
from pipelines.analysis.verdict import is_on_target
from pipelines.gaps.model import Gap


def lead(value: Preread, about: Month, around: Around) -> Iterator[Sentence]:
    """Yield what to read if nothing else is read."""
    language, review = around.language, about.review
    judged, off = review.judged, review.missed
    again = reviewed_before(review.month, review.reviewed_on, around.calendar, language)
    if again:
        yield Sentence(again, "work")
    if judged:
        said = on_target_of(len(judged) - len(off), len(judged), language)
        yield Sentence(f"{said} {_unexplained(about, language)}".strip())
    else:
        yield Sentence(nothing_judged(language), "quiet")
    yield from left_out(review, language)
    if review.month.is_partial(value.as_of):
        yield Sentence(_to_date(about, around), "work")
    if review.proposed:
        said = text(
            "These KPIs are a proposal: choose the five to seven that you will follow.", language
        )
        yield Sentence(said, "work")


def parts(value: Preread, about: Month, around: Around) -> Iterator[Part | None]:
    """Yield what the meeting looks at; None for what there is nothing to say about."""
    language, calendar, review = around.language, around.calendar, about.review
    landings = [gap.landing for gap in review.gaps if gap.landing is not None]
    yield _gaps(about, around)
    yield _outcomes(about, around)
    yield landing_part(landings, review.records, language, calendar)
    yield restated(review, language)
    yield intakes(review, language)
    yield shared.blockers(value, language)
    yield shared.late(value, language)
    heading = text("What each is asked to bring", language)
    yield shared.asked(about.asked, language, heading=heading)
    yield shared.files(value, language)


def _unexplained(about: Month, language: Language) -> str:
    open_ones = sum(not about.review.cause(one.definition.key) for one in about.review.missed)
    if not open_ones:
        return ""
    return text_plural(
        "{count} gap awaits a cause and a decision.",
        "{count} gaps await a cause and a decision.",
        open_ones,
        language,
    )


def _to_date(about: Month, around: Around) -> str:
    """Return that the month is not over, and which one the meeting will look at."""
    language, month = around.language, about.review.month
    if about.awaited == month:
        return text(
            "{month} runs until {day}: numbers and targets are those to date.",
            language,
            month=fmt.month_title(month, language),
            day=fmt.short_day(month.last_day, language),
        )
    return text(
        "The meeting will look at {awaited}, which has not begun: this is {month} to date.",
        language,
        awaited=fmt.period_in_full(about.awaited, around.calendar, language),
        month=fmt.period_in_full(month, around.calendar, language),
    )


def _gaps(about: Month, around: Around) -> Part | None:
    language, review = around.language, about.review
    if not review.gaps:
        return None
    columns = (
        *kpi_columns(language),
        Column(
            text(
                "End of {quarter}",
                language,
                quarter=fmt.period_name(review.quarter, around.calendar, language),
            ),
            number=True,
        ),
    )
    rows = tuple(_row(one, language) for one in review.exceptions_first)
    blocks: list[Block] = [Table(columns, rows)]
    if reasons := tuple(_reasons(review.missed, language)):
        blocks.append(Facts(reasons))
    heading = text(
        "Gaps of {month} ({dates})",
        language,
        month=fmt.period_in_full(review.month, around.calendar, language),
        dates=fmt.period_dates(review.month, language),
    )
    return Part(heading, tuple(blocks))


def _row(gap: Gap, language: Language) -> tuple[Cell, ...]:
    unit, currency, month = gap.definition.unit, gap.currency, gap.month
    name = render(gap.definition.name, language)
    if month is None:
        why = render(gap.unavailable, language) if gap.unavailable else ""
        return (Cell(name, why), *([Cell(fmt.NOTHING)] * 3), _landing(gap, language))
    aim = None if month.target is None else Aim(month.target, month.max_target, month.at_most)
    figures = fmt.figures(
        month.actual, aim, month.gap, unit, language, currency=currency, compact=True
    )
    return (
        Cell(name, gap.responsible or ""),
        Cell(figures.number),
        Cell(figures.target),
        Cell(figures.gap, tone="work" if month.on_target is False else "plain"),
        _landing(gap, language),
    )


def _landing(gap: Gap, language: Language) -> Cell:
    """Return where the quarter ends, and what it aims at."""
    landing, unit = gap.landing, gap.definition.unit
    if landing is None or landing.value is None:
        return Cell(fmt.NOTHING)
    written = fmt.value(landing.value, unit, language, currency=landing.currency, compact=True)
    if landing.aim is None:
        return Cell(written)
    amount = fmt.aim(landing.aim, unit, language, currency=landing.currency, compact=True)
    on_target = is_on_target(landing.value, landing.aim)
    said = text("target: {amount}", language, amount=amount)
    return Cell(written, said, "plain" if on_target else "work")


def _reasons(off: tuple[Gap, ...], language: Language) -> Iterator[Fact]:
    for gap in off:
        said = in_one_sentence(gap)
        if said is not None:
            yield Fact(render(gap.definition.name, language), render(said, language))


def _outcomes(about: Month, around: Around) -> Part | None:
    """Return what the last review decided, and what came of it."""
    language, former = around.language, about.review.former
    if not about.outcomes:
        return None
    columns = (
        Column(text("KPI", language)),
        Column(text("Decided", language), wide=True),
        Column(text("What came of it", language), wide=True),
    )
    rows = tuple(_outcome(one, about, around) for one in about.outcomes)
    month = former.month if former else about.outcomes[0].line.month
    heading = text(
        "What the review of {month} decided, and what came of it",
        language,
        month=fmt.period_in_full(month, around.calendar, language),
    )
    return Part(heading, (Table(columns, rows),))


def _outcome(one: Outcome, about: Month, around: Around) -> tuple[Cell, ...]:
    language, line = around.language, one.line
    measured = Measured(line.unit, line.currency, language)
    said = decided(line, measured) or gap_then(line.earlier, measured)
    done = render(one.action, language) if one.action else ""
    return (
        Cell(render(line.name, language)),
        Cell(said or text("not decided", language), line.cause),
        Cell(" ".join(part for part in (done, _moved(one, about, around)) if part) or fmt.NOTHING),
    )


def _moved(one: Outcome, about: Month, around: Around) -> str:
    """Return how the gap was then, and how it is in the month that is looked at."""
    language, line, now = around.language, one.line, one.now
    month = now.month if now else None
    if line.gap is None or month is None or month.gap is None:
        return ""

    def written(number: float) -> str:
        return fmt.gap(number, line.unit, language, currency=line.currency, compact=True)

    values = {
        "then": written(line.gap),
        "former": fmt.period_in_full(line.month, around.calendar, language),
        "now": written(month.gap),
        "month": fmt.period_in_full(about.review.month, around.calendar, language),
    }
    if month.partial:
        return text("Gap {then} in {former}, {now} in {month} to date.", language, **values)
    return text("Gap {then} in {former}, {now} in {month}.", language, **values)
