"""Targets: what was aimed at and since when, and the form that sets a new one."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.access.rights import Capability
from dashboard.components.files import file_links
from dashboard.components.messages import show_outcome
from dashboard.components.next_step import next_step
from dashboard.components.target_page import target_form, target_table
from dashboard.downloads import table_files
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from pipelines.errors import msg
from pipelines.periods import Grain

state = selection()
language = state.language
st.title(title(Place.TARGETS, language), anchor=False)
show_outcome(language)
target_table(
    data.kpis.targets(),
    {kpi.key: kpi for kpi in data.kpis.definitions()},
    data.kpis.currency(),
    state.today,
    language,
)
if data.kpis.targets():
    file_links("targets_files", table_files("targets", language), language)
elif data.kpis.choice()[1]:  # a target is for a KPI that somebody looks at
    next_step(
        msg("First choose the KPIs that the targets are for."),
        msg("Choose the KPIs"),
        Place.CHOICE,
        session.visitor(),
        language,
        whom=company.whom_to_ask,
    )
elif not session.visitor().may(Capability.SET_TARGETS):
    next_step(
        msg("Targets appear here once they are set."),
        msg("Set a target"),
        Place.CHOICE,
        session.visitor(),
        language,
        whom=company.whom_to_ask,
    )
if session.visitor().may(Capability.SET_TARGETS):
    target_form(
        data.kpis.definitions(),
        data.people.names(),
        state.calendar.period(Grain.WEEK, state.today).start,
        language,
        add=partial(kpi_gestures.set_target, language),
        groups=data.kpis.groups(),
    )
