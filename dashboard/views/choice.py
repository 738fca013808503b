"""The choice of the five to seven KPIs."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.components.choice_page import choice_form
from dashboard.components.messages import show_outcome
from dashboard.components.next_step import next_step
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from pipelines.errors import msg

state = selection()
language = state.language
st.title(title(Place.CHOICE, language), anchor=False)
show_outcome(language)
choice, is_proposal = data.kpis.choice()
if not data.imports.imports() and not choice:
    next_step(
        msg("KPIs are computed from your files, and there is none yet."),
        msg("Take in a file"),
        Place.IMPORTS,
        session.visitor(),
        language,
        whom=company.whom_to_ask,
    )
choice_form(
    data.kpis.definitions(),
    data.kpis.availability(),
    choice,
    data.people.names(),
    language,
    is_proposal=is_proposal,
    choose=partial(kpi_gestures.choose, language),
)
