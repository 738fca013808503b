"""Whether the rhythm is kept, and whether it changes anything."""

import streamlit as st

from dashboard import data
from dashboard.components.discipline_page import checklist, effect_gauge
from dashboard.navigation import Place, title
from dashboard.state import selection

language = selection().language
st.title(title(Place.DISCIPLINE, language), anchor=False)
checklist(data.improve.discipline(), language)
effect_gauge(data.improve.gauge(), language)
