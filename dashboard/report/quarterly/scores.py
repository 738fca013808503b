"""The KPIs of a quarter in one table, with what was decided about each. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from dashboard import format as fmt
from dashboard.report.earlier import word_then
from dashboard.report.gap_parts import on_target_of
from dashboard.report.scoreboard import kpi_columns
from dashboard.report.sheet import Cell, Column, Part, Sentence, Table, Tone
from dashboard.rhythm.quarter.model import Decided, Item, KpiNumbers, QuarterReview, Way
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Unit

_TONES: dict[Way, Tone] = {Way.KEEP: "quiet", Way.CHANGE: "work", Way.DROP: "alert"}


def decided_cell(item: Item, language: Language) -> Cell:
    """Return what was decided about something, be it in an earlier review."""
    decided = item.decided
    if decided is None:
        waits = text("not decided", language) if item.is_waiting else _gone(item, language)
        return Cell(word_then(item.earlier, language) or waits, tone="quiet")
    said, tone = render(way_name(decided.way), language), _TONES[decided.way]
    return Cell(said, tone=tone, subject=f"verdict {item.subject}")


def _gone(item: Item, language: Language) -> str:
    """Return until when a KPI was followed that was given up within the quarter."""
    if item.kpi is None or item.kpi.chosen_to is None:
        return fmt.NOTHING
    if item.kpi.replaced_by:
        return text("replaced on {day}", language, day=fmt.short_day(item.kpi.chosen_to, language))
    last = item.kpi.chosen_to - timedelta(days=1)
    return text("followed until {day}", language, day=fmt.short_day(last, language))


def tone_of(decided: Decided | None) -> Tone:
    """Return how loud a verdict is."""
    return _TONES[decided.way] if decided else "quiet"


def on_target(review: QuarterReview, language: Language) -> Iterator[Sentence]:
    """Yield how many KPIs reached their target, or that none can be judged; nothing without any.

    Those that were given up within the quarter are left out: others came in their place.
    """
    numbers = [item.kpi for item in review.kpis if item.kpi and item.kpi.chosen_to is None]
    judged = [one for one in numbers if one.on_target is not None]
    if judged:
        reached = sum(bool(one.on_target) for one in judged)
        yield Sentence(on_target_of(reached, len(judged), language))
    elif numbers and not any(one.partial for one in numbers):
        said = text(
            "No KPI can be judged for this quarter: it takes a target and enough data.", language
        )
        yield Sentence(said, "quiet")


def scores(review: QuarterReview, language: Language) -> Part | None:
    """Return each KPI with target, last year and, once there is any, verdict; None without any."""
    found = [(item, item.kpi) for item in review.kpis if item.kpi is not None]
    if not found:
        return None
    is_decided = any(item.holds for item, _ in found)
    columns = (
        *kpi_columns(language),
        Column(text("Last year", language), number=True),
        *([Column(text("Decision", language))] if is_decided else []),
    )
    rows = tuple(
        (
            *_row(item, numbers, language),
            *([decided_cell(item, language)] if is_decided else []),
        )
        for item, numbers in found
    )
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
    )
