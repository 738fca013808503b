"""The choice of the five to seven KPIs."""

from functools import partial

import streamlit as st

from dashboard import data, gestures
from dashboard.components.choice_page import choice_form
from dashboard.components.messages import show_outcome
from dashboard.navigation import Place, title
from dashboard.state import selection

state = selection()
language = state.language
st.title(title(Place.CHOICE, language), anchor=False)
show_outcome(language)
choice, is_proposal = data.choice()
choice_form(
    data.definitions(),
    data.availability(),
    choice,
    data.people(),
    language,
    is_proposal=is_proposal,
    choose=partial(gestures.choose, language),
)
