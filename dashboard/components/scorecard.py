"""The week's KPIs as one light table: exceptions first, small trends, the verdict in words."""

from collections.abc import Sequence
from typing import Any, TypedDict

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.navigation import Place, address
from dashboard.rhythm import words
from dashboard.rhythm.review import Row
from dashboard.scripts import loader
from dashboard.text import Language, render, text
from dashboard.theme import Tone, tone
from pipelines.analysis.judgement import JudgedPoint


class Trend(TypedDict):
    """What the small chart draws: one entry per finished period, oldest first.

    ``aims`` holds the target (or the lower end of a range), ``ceilings`` the upper end of a range;
    ``signals`` says ``adverse`` or ``favourable`` where a point is more than routine variation.
    """

    values: list[float | None]
    aims: list[float | None]
    ceilings: list[float | None]
    band: list[float] | None
    signals: list[str | None]
    description: str


class Line(TypedDict):
    """One KPI as finished text."""

    key: str
    href: str
    name: str
    sentence: str
    verdict: str
    tone: Tone
    parts: str
    value: str
    target: str
    gap: str
    responsible: str
    trend: Trend


_table = st.components.v2.component(
    "cap90_scorecard",
    html='<div class="scorecard"></div>',
    css=asset("scorecard.css"),
    js=loader(),
)


def scorecard(lines: Sequence[Line], language: Language, *, responsible: bool = True) -> str | None:
    """Show the KPIs of a review.

    Args:
        lines: See ``line``.
        responsible: Whether it says who answers for each; not where the reader is not told.

    Returns:
        The key of the KPI somebody has just opened, else None.
    """
    result = _table(
        key="scorecard",
        data=given(
            {
                "title": text("KPIs of the week", language),
                "columns": _columns(language)[: None if responsible else -1],
                "rows": list(lines),
            }
        ),
        on_open_change=_noted,
    )
    opened: str | None = result.open
    return opened


def line(row: Row, language: Language, *, opens: bool = True) -> Line:
    """Return a KPI of a review as the table shows it.

    Args:
        opens: Whether it leads to the page of the KPI.
    """
    definition, latest = row.definition, row.latest
    unit, currency = definition.unit, row.currency
    point = latest.point if latest else None
    figures = shown.figures(
        point.value if point else None,
        latest.aim if latest else None,
        latest.gap if latest else None,
        unit,
        language,
        currency=currency,
        compact=True,
    )
    return {
        "key": definition.key,
        "href": address(Place.KPI, language, kpi=definition.key) if opens else "",
        "name": render(definition.name, language),
        "sentence": render(words.verdict_sentence(row), language),
        "verdict": render(words.verdict_label(row), language),
        "tone": tone(latest.verdict) if latest else "quiet",
        # only a rate is clearer with its parts: an average's total over its count is not
        "parts": shown.rate_parts(point, definition, language, currency=currency) if point else "",
        "value": figures.number,
        "target": figures.target,
        "gap": figures.gap,
        "responsible": row.responsible or shown.NOTHING,
        "trend": _trend(row, language),
    }


def _trend(row: Row, language: Language) -> Trend:
    points, limits = row.trend, row.limits
    return {
        "values": [point.point.value for point in points],
        "aims": [point.aim.value if point.aim else None for point in points],
        "ceilings": [point.aim.max_value if point.aim else None for point in points],
        "band": [limits.lower, limits.upper] if limits else None,
        "signals": [_mark(point) for point in points],
        "description": _description(row, points, language),
    }


def _mark(point: JudgedPoint) -> str | None:
    if point.signal is None:
        return None
    return "favourable" if point.favourable else "adverse"


def _description(row: Row, points: Sequence[JudgedPoint], language: Language) -> str:
    """Return the small chart in words, for those who cannot see it."""
    known = [point.point.value for point in points if point.point.value is not None]
    if not known:
        return text("No values in the last weeks.", language)
    unit, currency = row.definition.unit, row.currency
    return text(
        "From {first} to {last}; lowest {lowest}, highest {highest}.",
        language,
        first=shown.value(known[0], unit, language, currency=currency),
        last=shown.value(known[-1], unit, language, currency=currency),
        lowest=shown.value(min(known), unit, language, currency=currency),
        highest=shown.value(max(known), unit, language, currency=currency),
    )


def _columns(language: Language) -> list[dict[str, Any]]:
    return [
        {"label": text("KPI", language), "number": False},
        {"label": text("What to do", language), "number": False},
        {"label": text("13 weeks", language), "number": False},
        {"label": text("Actual", language), "number": True},
        {"label": text("Target", language), "number": True},
        {"label": text("Gap", language), "number": True},
        {"label": text("Responsible", language), "number": False},
    ]


def _noted() -> None:
    """Do nothing: the rerun that follows reads the result."""
