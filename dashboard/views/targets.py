"""Targets: what was aimed at and since when, and the form that sets a new one."""

from functools import partial

import streamlit as st

from dashboard import data, gestures
from dashboard.components.messages import show_outcome
from dashboard.components.target_page import target_form, target_table
from dashboard.navigation import Place, title
from dashboard.state import selection
from pipelines.periods import Grain

state = selection()
language = state.language
st.title(title(Place.TARGETS, language), anchor=False)
show_outcome(language)
target_table(
    data.targets(), {kpi.key: kpi for kpi in data.definitions()}, data.currency(), language
)
target_form(
    data.definitions(),
    data.people(),
    state.calendar.period(Grain.MONTH, state.today).start,
    language,
    add=partial(gestures.set_target, language),
)
