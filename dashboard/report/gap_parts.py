"""A gap on paper: how the KPI stands, where the gap comes from, what is decided about it. Pure."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from dashboard import format as fmt
from dashboard.report.minutes_gaps import Measured, decided, gap_then
from dashboard.report.sheet import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Sentence,
    Subheading,
    Table,
    Tone,
    Waterfall,
)
from dashboard.report.waterfall import Step, waterfall
from dashboard.rhythm.gap_review.decision import EarlierDecision, GapDecision
from dashboard.text import Language, render, text, text_plural
from pipelines.analysis.judgement import Aim
from pipelines.errors import Message, msg
from pipelines.gaps import words
from pipelines.gaps.model import Against, Factors, Gap, Split, Standing
from pipelines.kpis.definition import Better, Unit
from pipelines.periods import Grain

#: What a gap is compared with.
AGAINST: dict[Against, Message] = {
    Against.TARGET: msg("Gap to the target"),
    Against.LAST_YEAR: msg("Change from last year"),
}
#: With more groups, those that add least are drawn as one.
_MOST_GROUPS = 6


def on_target_of(reached: int, judged: int, language: Language) -> str:
    """Return how many of the KPIs that can be judged reached their target."""
    return text_plural(
        "{count} KPI out of {all} on target.",
        "{count} KPIs out of {all} on target.",
        reached,
        language,
        all=str(judged),
    )


def nothing_judged(language: Language) -> str:
    """Return why a month says nothing about targets."""
    return text("No KPI can be judged for this month: it takes a target and enough data.", language)


def gap_blocks(
    gap: Gap,
    language: Language,
    *,
    cause: str = "",
    decision: GapDecision | None = None,
    earlier: EarlierDecision | None = None,
) -> tuple[Block, ...]:
    """Return everything about the gap of a KPI.

    Args:
        cause: Why, as the meeting wrote it down; "": nothing is written.
        earlier: What an earlier review of the same month decided.
    """
    heading = Subheading(render(gap.definition.name, language), *state_of(gap, language))
    if gap.month is None:
        reason = gap.unavailable or msg("There is no number.")
        return (heading, Sentence(render(reason, language), "quiet"))
    return (
        heading,
        standings(gap, language),
        *explained(gap, language),
        *_said(gap, cause, decision, earlier, language),
    )


def standings(gap: Gap, language: Language) -> Table:
    """Return the month and the quarter to date beside target and last year."""
    columns = (
        Column("", wide=True),
        Column(text("Actual", language), number=True),
        Column(text("Target", language), number=True),
        Column(text("Gap", language), number=True),
        Column(text("Last year", language), number=True),
    )
    is_month = gap.month is not None and gap.month.period.grain is Grain.MONTH
    names = (
        text("Month", language) if is_month else text("Quarter", language),
        text("Quarter to date", language),
    )
    rows = [
        standing(name, one, gap, language) for name, one in zip(names, gap.stretches, strict=False)
    ]
    return Table(columns, tuple(rows))


def explained(gap: Gap, language: Language) -> Iterable[Block]:
    """Yield where a gap comes from: the factors, then the groups that tell most."""
    if gap.factors is not None and not gap.factors.unavailable:
        drawing = factors_drawing(gap, gap.factors, language)
        yield Sentence(drawing.said) if drawing.is_flat else drawing
    split = words.telling(gap.splits)
    if split is not None:
        yield split_drawing(gap, split, language)


def in_one_sentence(gap: Gap) -> Message | None:
    """Return where a gap comes from: the groups that tell most, else the factors; None: unknown."""
    split = words.telling(gap.splits)
    if split is not None:
        return words.split_sentence(gap, split)
    if gap.factors is not None and not gap.factors.unavailable:
        return words.factors_sentence(gap, gap.factors)
    return None


def split_drawing(gap: Gap, split: Split, language: Language) -> Waterfall:
    """Return what each group adds to a gap."""
    shown = split.contributions
    rest = split.others or Decimal(0)
    if len(shown) > _MOST_GROUPS:
        rest += sum((one.effect for one in shown[_MOST_GROUPS - 1 :]), Decimal(0))
        shown = shown[: _MOST_GROUPS - 1]
    steps = [Step(one.group or text("not named", language), one.effect) for one in shown]
    if rest or split.others is not None:
        steps.append(Step(text("all others", language), rest))
    said = render(words.split_sentence(gap, split), language)
    return _drawn(gap, steps, split.against, said, language)


def factors_drawing(gap: Gap, factors: Factors, language: Language) -> Waterfall:
    """Return what each factor adds to a gap."""
    steps = [
        Step(render(words.factor_name(one.factor, factors.volume_of), language), one.effect)
        for one in factors.effects
    ]
    said = render(words.factors_sentence(gap, factors), language)
    return _drawn(gap, steps, factors.against, said, language)


def _drawn(
    gap: Gap, steps: list[Step], against: Against, said: str, language: Language
) -> Waterfall:
    return waterfall(
        steps,
        render(AGAINST[against], language),
        said,
        written=_writer(gap, language),
        more_is_better=gap.definition.better is Better.UP,
    )


def _writer(gap: Gap, language: Language) -> Callable[[Decimal], str]:
    unit, currency = gap.definition.unit, gap.currency

    def written(amount: Decimal) -> str:
        return fmt.gap(float(amount), unit, language, currency=currency, compact=True)

    return written


def state_of(gap: Gap, language: Language) -> tuple[str, Tone]:
    """Return whether a month reached its target, and how loud that is; "" where it has none."""
    month = gap.month
    if month is not None and month.is_thin:
        return text("too few to judge", language), "quiet"
    if month is None or month.on_target is None:
        return "", "plain"
    return (
        (text("target reached", language), "good")
        if month.on_target
        else (text("target missed", language), "work")
    )


def standing(name: str, one: Standing, gap: Gap, language: Language) -> tuple[Cell, ...]:
    """Return a row: what it is called, actual, target, gap, and last year."""
    unit, currency = gap.definition.unit, gap.currency
    aim = None if one.target is None else Aim(one.target, one.max_target, one.at_most)
    figures = fmt.figures(one.actual, aim, one.gap, unit, language, currency=currency, compact=True)
    parts = (
        fmt.parts(one.numerator, one.denominator, language, currency=currency)
        if unit is Unit.PERCENT
        else ""
    )
    before = fmt.value(one.last_year, unit, language, currency=currency, compact=True)
    dates = fmt.period_dates(one.period, language)
    return (
        Cell(name, dates),
        Cell(figures.number, parts),
        Cell(figures.target),
        Cell(figures.gap),
        Cell(before),
    )


def _said(
    gap: Gap,
    cause: str,
    decision: GapDecision | None,
    earlier: EarlierDecision | None,
    language: Language,
) -> tuple[Block, ...]:
    measured = Measured(gap.definition.unit, gap.currency, language)
    facts = [Fact(text("Cause", language), cause)] if cause.strip() else []
    if then := gap_then(earlier, measured):
        facts.append(Fact(text("Before", language), then))
    if decision is not None:
        said = decided(decision, measured)
        facts.append(Fact(text("Decision", language), said, f"gap {decision.kpi}"))
    return (Facts(tuple(facts)),) if facts else ()
