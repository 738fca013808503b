"""Whether the rhythm is kept, and whether it changes anything."""

import streamlit as st

from dashboard import improve_data
from dashboard.components.discipline_page import checklist, effect_gauge
from dashboard.navigation import Place, title
from dashboard.state import selection

language = selection().language
st.title(title(Place.DISCIPLINE, language), anchor=False)
checklist(improve_data.discipline(), language)
effect_gauge(improve_data.gauge(), language)
