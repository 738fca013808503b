"""One KPI in full: its chart, what it means, whose it is, and the rows behind any point."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

import streamlit as st

from dashboard import charts
from dashboard import format as shown
from dashboard.chart_changes import Change
from dashboard.components.columns import column_label
from dashboard.components.messages import plain
from dashboard.components.table import Column, Style, table
from dashboard.components.words import cell_word, grain_name
from dashboard.rhythm import words
from dashboard.rhythm.review import Row
from dashboard.text import Language, alphabetical, render, text, text_plural
from dashboard.theme import DARK, LIGHT, tone
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.kpis.definition import Definition
from pipelines.kpis.rows import Rows
from pipelines.periods import SERIES_GRAINS, Calendar, Grain, Period

_COLOURS = {"alert": "red", "work": "orange", "good": "green", "quiet": "gray"}


def kpi_heading(
    definition: Definition,
    definitions: Sequence[Definition],
    grain: Grain,
    language: Language,
    *,
    show_kpi: Callable[[str], None],
    show_grain: Callable[[Grain], None],
) -> None:
    """Show which KPI this is, and the way to the others and to other periods."""
    st.title(plain(render(definition.name, language)), anchor=False)
    with st.container(horizontal=True, gap="medium"):
        st.session_state["kpi_shown"] = definition.key
        names = {known.key: render(known.name, language) for known in definitions}
        st.selectbox(
            text("KPI", language),
            list(names),
            format_func=lambda key: names[key],
            key="kpi_shown",
            on_change=lambda: show_kpi(st.session_state["kpi_shown"]),
            width=280,
        )
        st.session_state["grain_shown"] = grain
        st.segmented_control(
            text("Per", language),
            SERIES_GRAINS,
            format_func=lambda known: grain_name(known, language),
            key="grain_shown",
            required=True,
            on_change=lambda: show_grain(st.session_state["grain_shown"]),
        )


def newest_verdict(row: Row, calendar: Calendar, language: Language) -> None:
    """Say how the last finished period went."""
    if row.latest is None:
        reason = render(words.verdict_sentence(row), language)
        st.info(f"**{plain(text('Unavailable', language))}** — {plain(reason)}")
        return
    latest, unit = row.latest, row.definition.unit
    number = shown.value(latest.point.value, unit, language, currency=row.currency)
    parts = shown.rate_parts(latest.point, row.definition, language, currency=row.currency)
    if parts:
        number = f"{number} ({parts})"
    colour = _COLOURS[tone(latest.verdict)]
    period = latest.point.period
    sentence = text(
        "{period} ({dates}): {number}.",
        language,
        period=shown.period_name(period, calendar, language),
        dates=shown.period_dates(period, language),
        number=number,
    )
    sentence = sentence[0].upper() + sentence[1:]  # French writes months small
    label = render(words.verdict_label(row), language)
    judgement = render(words.verdict_sentence(row), language)
    st.markdown(f"{plain(sentence)} :{colour}[**{plain(label)}**] — {plain(judgement)}")


def kpi_chart(
    series: JudgedSeries,
    calendar: Calendar,
    language: Language,
    *,
    pick: Callable[[Period], None],
    change: Change | None = None,
) -> None:
    """Draw a KPI.

    Args:
        series: Available and not empty.
        pick: Called with the period of the point somebody touches.
        change: See ``charts.kpi_chart``.
    """
    points = charts.drawn(series)

    def picked() -> None:
        chosen = st.session_state["chart"]["selection"]["points"]
        if chosen:
            pick(points[round(chosen[0]["x"])].point.period)

    palette = DARK if st.context.theme.type == "dark" else LIGHT
    st.plotly_chart(
        charts.kpi_chart(series, calendar, language, palette, change),
        key="chart",
        on_select=picked,
        selection_mode="points",
        config={"displayModeBar": False, "scrollZoom": False},
        alt=charts.description(series, calendar, language),
    )


def no_such_kpi(
    definitions: Sequence[Definition], language: Language, *, show_kpi: Callable[[str], None]
) -> None:
    """Say that an address names no KPI that whoever looks may see, and offer those they may."""
    st.title(text("KPIs", language), anchor=False)
    st.markdown(text("There is no such KPI here, or it is not among those you may see.", language))
    names = {known.key: render(known.name, language) for known in definitions}
    st.selectbox(
        text("KPI", language),
        list(names),
        index=None,
        format_func=lambda key: names[key],
        placeholder=text("Choose", language),
        key="kpi_instead",
        on_change=lambda: show_kpi(st.session_state["kpi_instead"]),
        width=280,
    )


def by_owner(
    groups: Sequence[tuple[str | None, JudgedPoint]],
    definition: Definition,
    currency: str | None,
    *,
    period: Period,
    calendar: Calendar,
    language: Language,
) -> None:
    """Show a period person by person.

    Args:
        groups: A name (None for rows that name nobody) and its point of the period.
    """
    st.subheader(text("By person", language), anchor=False)
    if not any(name for name, _ in groups):
        st.caption(text("The rows do not say whose they are.", language))
        return
    unit = definition.unit
    rows = []
    for name, point in sorted(groups, key=_nobody_last):
        figures = shown.figures(
            point.point.value,
            point.aim,
            point.gap,
            unit,
            language,
            currency=currency,
            compact=True,
        )
        parts = shown.rate_parts(point.point, definition, language, currency=currency)
        rows.append(
            (
                name or text("Nobody named", language),
                f"{parts} · {figures.number}" if parts else figures.number,
                figures.target,
                figures.gap,
            )
        )
    table(
        "by_owner",
        text("By person", language),
        (
            Column(text("Person", language)),
            Column(text("Actual", language), "number"),
            Column(text("Target", language), "number"),
            Column(text("Gap", language), "number"),
        ),
        rows,
        caption=_period_caption(period, calendar, language),
    )


def period_choice(
    points: Sequence[JudgedPoint],
    period: Period | None,
    calendar: Calendar,
    language: Language,
    *,
    pick: Callable[[Period | None], None],
) -> None:
    """Let somebody choose the period whose rows are shown, newest first."""
    periods = [point.point.period for point in reversed(points)]
    st.session_state["period_shown"] = period if period in periods else None
    st.selectbox(
        text("Show the rows behind", language),
        periods,
        index=None,
        format_func=lambda known: (
            f"{shown.period_name(known, calendar, language)}"
            f" · {shown.period_dates(known, language)}"
        ),
        placeholder=text("Choose a period, or a point of the chart", language),
        key="period_shown",
        on_change=lambda: pick(st.session_state["period_shown"]),
        width=420,
    )


def rows_table(rows: Rows, period: Period, calendar: Calendar, language: Language) -> None:
    """Show the rows that a period counts, with the file and line each came from."""
    caption = _period_caption(period, calendar, language)
    count = text_plural("{count} row", "{count} rows", rows.total, language)
    if rows.total > len(rows.records):
        first = text("the first {count} are shown", language, count=len(rows.records))
        count = f"{count}, {first}"
    filled = [
        i for i in _reading_order(rows) if any(record[i] is not None for record in rows.records)
    ]
    table(
        "rows",
        text("Rows behind the number", language),
        [
            Column(
                column_label(rows.columns[i], language),
                _style([record[i] for record in rows.records]),
            )
            for i in filled
        ],
        [[_cell(rows.columns[i], record[i], language) for i in filled] for record in rows.records],
        caption=f"{caption} · {count}",
    )


def _reading_order(rows: Rows) -> list[int]:
    """Return the columns as people read them: what it is, its figures, where it came from."""
    what = range(_ORIGIN, min(_ORIGIN + _TELLING, len(rows.columns)))
    others = range(what.stop, len(rows.columns))
    figures = [
        i
        for i in others
        if any(isinstance(record[i], int | float | Decimal | date) for record in rows.records)
    ]
    rest = [i for i in others if i not in figures]
    return [*what, *figures, *rest, *range(_ORIGIN)]


#: How many columns of ``Rows`` say where a row came from, and how many after them say what it is.
_ORIGIN = 4
_TELLING = 3
#: Longer texts break the line; a table that is wider than the page scrolls in its own box.
_SHORT = 60


def _style(values: Sequence[object]) -> Style:
    known = [value for value in values if value is not None]
    if all(isinstance(value, int | float | Decimal) for value in known):
        return "number"
    return "close" if all(len(str(value)) <= _SHORT for value in known) else "words"


def _cell(column: str, value: object, language: Language) -> str:
    match value:
        case None:
            return ""
        case bool():
            return text("yes", language) if value else text("no", language)
        case datetime():
            return shown.dated(value.date(), language)
        case date():
            return shown.dated(value, language)
        case int() | float() | Decimal():
            return shown.plain_number(value, language)
        case _:
            return cell_word(column, str(value), language)


def _nobody_last(group: tuple[str | None, JudgedPoint]) -> tuple[bool, tuple[str, str]]:
    """Sort people as a reader of French expects (É with E), nobody last."""
    name = group[0] or ""
    return not name, alphabetical(name)


def _period_caption(period: Period, calendar: Calendar, language: Language) -> str:
    name = shown.period_name(period, calendar, language)
    return f"{name} · {shown.period_dates(period, language)}"
