"""The KPIs of a quarter one by one: what they say, their chart, and what was decided. Pure."""

from collections.abc import Sequence

from dashboard.report.charts import Trend, chart
from dashboard.report.earlier import verdict_then
from dashboard.report.quarterly.scores import tone_of
from dashboard.report.sheet import Block, Chart, Fact, Facts, Part, Sentence, Subheading
from dashboard.rhythm.quarter.kpi_words import stood_in
from dashboard.rhythm.quarter.model import Decided, Item, KpiNumbers, QuarterReview
from dashboard.rhythm.quarter.weeks import lies_before
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import JudgedPoint
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Period

_HEIGHT = 80


def kpi_by_kpi(review: QuarterReview, language: Language, calendar: Calendar) -> Part | None:
    """Return what each KPI was in the quarter; None without any."""
    blocks = [
        block
        for item in review.kpis
        if item.kpi is not None
        for block in told(
            item, language, _drawn(item, item.kpi, review.quarter, language, calendar)
        )
    ]
    if not blocks:
        return None
    legend = text(
        "Band: natural limits of all weeks so far · thin line: average · blue line: target, smaller "
        "in weeks with holidays · diamond: a signal · open circle: not judged · dotted line: the "
        "quarter begins",
        language,
    )
    compared = stood_in(review.kpis)
    found = (
        Sentence(legend, "quiet"),
        *([Sentence(render(compared, language), "quiet")] if compared else []),
        *blocks,
    )
    return Part(text("KPI by KPI", language), found, new_page=True)


def told(item: Item, language: Language, drawn: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Return one thing with its evidence, what was decided about it and why.

    Who decided stands on the first page, and in the table of all decisions where there are several.

    Args:
        drawn: What stands between the two.
    """
    decided = item.decided
    way = render(way_name(decided.way), language) if decided else ""
    first, *others = [render(fact.said, language) for fact in item.facts] or [""]
    return (
        Subheading(render(item.name, language), way, tone_of(decided)),
        *([Sentence(first)] if first else []),
        *([Sentence(" ".join(others), "quiet")] if others else []),
        *drawn,
        *([Sentence(then, "quiet")] if (then := verdict_then(item.earlier, language)) else []),
        *_verdict(decided, language),
    )


def _verdict(decided: Decided | None, language: Language) -> tuple[Block, ...]:
    if decided is None:
        return ()
    said = [
        Fact(render(way_name(decided.way), language), decided.reason),
        *([Fact(text("What changes", language), decided.change)] if decided.change else []),
    ]
    return (Facts(tuple(said)),)


def _drawn(
    item: Item, numbers: KpiNumbers, quarter: Period, language: Language, calendar: Calendar
) -> Sequence[Block]:
    if not item.weeks:
        return ()
    points = tuple(
        JudgedPoint(
            Point(line.week, line.value),
            line.aim,
            None,
            None,
            line.signal,
            line.favourable,
            line.verdict,
        )
        for line in item.weeks
    )
    former = sum(lies_before(line.week, quarter) for line in item.weeks)
    trend = Trend(item.name, numbers.unit, numbers.currency, points, item.band, former)
    drawing = chart(trend, calendar, language, height=_HEIGHT)
    return (Chart(drawing),) if drawing else ()
