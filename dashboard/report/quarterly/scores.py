"""The KPIs of a quarter in one table, with what was decided about each. Pure."""

from dashboard import format as fmt
from dashboard.report.sheet import Cell, Column, Part, Table, Tone
from dashboard.rhythm.quarter.model import Decided, Item, KpiNumbers, QuarterReview, Way
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Unit

_TONES: dict[Way, Tone] = {Way.KEEP: "quiet", Way.CHANGE: "work", Way.DROP: "alert"}


def decided_cell(decided: Decided | None, language: Language) -> Cell:
    """Return what was decided about something."""
    if decided is None:
        return Cell(text("not decided", language), tone="quiet")
    return Cell(render(way_name(decided.way), language), tone=_TONES[decided.way])


def tone_of(decided: Decided | None) -> Tone:
    """Return how loud a verdict is."""
    return _TONES[decided.way] if decided else "quiet"


def scores(review: QuarterReview, language: Language) -> Part | None:
    """Return each KPI with target, last year and verdict; None without any."""
    found = [(item, item.kpi) for item in review.kpis if item.kpi is not None]
    if not found:
        return None
    columns = (
        Column(text("KPI", language), wide=True),
        Column(text("Actual", language), number=True),
        Column(text("Target", language), number=True),
        Column(text("Gap", language), number=True),
        Column(text("Last year", language), number=True),
        Column(text("Decision", language)),
    )
    rows = tuple(_row(item, numbers, language) for item, numbers in found)
    return Part(text("The KPIs of the quarter", language), (Table(columns, rows),))


def _row(item: Item, numbers: KpiNumbers, language: Language) -> tuple[Cell, ...]:
    unit, currency = numbers.unit, numbers.currency
    figures = fmt.figures(
        numbers.value,
        numbers.aim,
        numbers.gap,
        unit,
        language,
        currency=currency,
        compact=True,
    )
    parts = (
        fmt.parts(numbers.numerator, numbers.denominator, language, currency=currency)
        if unit is Unit.PERCENT
        else ""
    )
    before = fmt.value(numbers.last_year, unit, language, currency=currency, compact=True)
    off: Tone = "plain" if numbers.on_target is not False else "work"
    return (
        Cell(render(item.name, language), item.owner or ""),
        Cell(figures.number, parts),
        Cell(figures.target),
        Cell(figures.gap, tone=off),
        Cell(before),
        decided_cell(item.decided, language),
    )
