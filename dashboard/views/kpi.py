"""One KPI in full: the chart, the meaning, who contributes, and the rows behind any point."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.components.experiment_page import changed, trial_caption
from dashboard.components.files import file_links
from dashboard.components.kpi import (
    by_owner,
    kpi_chart,
    kpi_heading,
    newest_verdict,
    no_such_kpi,
    period_choice,
    rows_table,
)
from dashboard.components.kpi_meaning import explanation
from dashboard.components.next_step import next_step
from dashboard.downloads import table_files
from dashboard.navigation import Place
from dashboard.spreadsheets import MOST_ROWS
from dashboard.state import selection, show_grain, show_kpi, show_period
from dashboard.text import text_plural
from pipelines.errors import msg

state = selection()
if state.kpi and state.kpi not in {known.key for known in data.kpis.definitions()}:
    no_such_kpi(data.kpis.definitions(), state.language, show_kpi=show_kpi)
    st.stop()
kpi = data.kpis.kpi(state.kpi, state.grain)
kpi_heading(
    kpi.definition,
    data.kpis.definitions(),
    state.grain,
    state.language,
    show_kpi=show_kpi,
    show_grain=show_grain,
)
newest_verdict(kpi.row, state.calendar, state.language)
pick = partial(show_period, state.calendar)
trial = data.improve.trial_of(kpi.definition.key, state.grain)
if kpi.drawn.points:
    kpi_chart(
        kpi.drawn,
        state.calendar,
        state.language,
        pick=pick,
        change=changed(trial) if trial else None,
    )
    if trial:
        trial_caption(trial, kpi.row.currency, state.language)
    shown = {"kpi": kpi.definition.key, "grain": state.grain.value}
    file_links("series_files", table_files("series", state.language, **shown), state.language)
else:
    next_step(
        msg("There are no numbers for this KPI yet; what it needs is said below."),
        msg("Take in a file"),
        Place.IMPORTS,
        session.visitor(),
        state.language,
        whom=company.whom_to_ask,
    )
left, right = st.columns(2, gap="large")
with left:
    explanation(
        kpi.definition,
        kpi.judged.limits,
        kpi.row.currency,
        state.language,
        beside=changed(trial) if trial else None,
        first=kpi.judged.points[0].point.period.start if kpi.judged.points else None,
    )
if kpi.judged.points:
    period = state.period or kpi.newest
    with right:
        by_owner(
            data.kpis.by_owner(kpi.definition.key, period),
            kpi.definition,
            kpi.row.currency,
            period=period,
            calendar=state.calendar,
            language=state.language,
        )
        shown = {"kpi": kpi.definition.key, "grain": state.grain.value}
        file_links(
            "persons_files",
            table_files("series_by_person", state.language, **shown),
            state.language,
        )
    period_choice(kpi.judged.points, state.period, state.calendar, state.language, pick=pick)
    if state.period:
        rows = data.kpis.rows(kpi.definition.key, state.period)
        rows_table(
            rows,
            state.period,
            state.calendar,
            state.language,
        )
        label = state.calendar.label(state.period)
        file_links(
            "rows_files",
            table_files("rows", state.language, kpi=kpi.definition.key, period=label),
            state.language,
        )
        if rows.total > MOST_ROWS:
            st.caption(
                text_plural(
                    "The files hold the first {count} row.",
                    "The files hold the first {count} rows.",
                    MOST_ROWS,
                    state.language,
                )
            )
