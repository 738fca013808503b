"""KPIs as a meeting saw them, in words. Pure."""

from collections.abc import Mapping, Sequence

from dashboard import format as fmt
from dashboard.report.sheet import Cell, Column, Part, Table
from dashboard.rhythm.meeting.minutes import ScoreLine
from dashboard.rhythm.words import label_of
from dashboard.text import Language, render, text, text_plural
from dashboard.theme import tone
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar, Period

#: One week is no run.
_A_RUN = 2


def kpi_columns(language: Language) -> tuple[Column, ...]:
    """Return the columns that tables of KPIs begin with: name, number, target, gap."""
    return (
        Column(text("KPI", language), wide=True),
        Column(text("Actual", language), number=True),
        Column(text("Target", language), number=True),
        Column(text("Gap", language), number=True),
    )


def scoreboard(
    lines: Sequence[ScoreLine],
    week: Period,
    calendar: Calendar,
    language: Language,
    today: Mapping[str, float],
    *,
    heading: str | None = None,
) -> Part | None:
    """Return the KPIs of a week as a part of a sheet; None if there is none.

    Args:
        today: Values that are different now, by KPI.
        heading: What stands above them; None: what the week is called.
    """
    if not lines:
        return None
    columns = (
        *kpi_columns(language),
        Column(text("Verdict", language)),
    )
    rows = tuple(_row(line, language, today.get(line.key)) for line in lines)
    name = heading or text(
        "Scoreboard, {week} ({dates})",
        language,
        week=fmt.period_name(week, calendar, language),
        dates=fmt.period_dates(week, language),
    )
    return Part(name, (Table(columns, rows),))


def _row(line: ScoreLine, language: Language, now: float | None) -> tuple[Cell, ...]:
    def written(number: float | None) -> str:
        return fmt.value(number, line.unit, language, currency=line.currency, compact=True)

    parts = (
        fmt.parts(line.numerator, line.denominator, language, currency=line.currency)
        if line.unit is Unit.PERCENT
        else ""
    )
    differs = now is not None and written(now) != written(line.value)
    since = text("{value} since an import", language, value=written(now)) if differs else ""
    aim = None if line.target is None else Aim(line.target, line.max_target, line.at_most)
    figures = fmt.figures(
        line.value, aim, line.gap, line.unit, language, currency=line.currency, compact=True
    )
    return (
        Cell(render(line.name, language), line.responsible or ""),
        Cell(figures.number, " · ".join(part for part in (parts, since) if part)),
        Cell(figures.target),
        Cell(figures.gap),
        Cell(
            render(label_of(line.verdict), language),
            _run(line, language),
            tone(line.verdict) if line.verdict else "quiet",
        ),
    )


def _run(line: ScoreLine, language: Language) -> str:
    if line.weeks_off < _A_RUN:
        return ""
    return text_plural(
        "Off target {count} week running",
        "Off target {count} weeks running",
        line.weeks_off,
        language,
    )
