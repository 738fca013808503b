"""Whether the rhythm is kept, and whether it changes anything."""

import streamlit as st

from dashboard import data
from dashboard.components.discipline_page import checklist, effect_gauge
from dashboard.components.files import file_links
from dashboard.downloads import table_files
from dashboard.navigation import Place, title
from dashboard.rhythm.effect.gauge import Reading
from dashboard.state import selection

language = selection().language
st.title(title(Place.DISCIPLINE, language), anchor=False)
checklist(data.improve.discipline(), language)
gauge = data.improve.gauge()
effect_gauge(gauge, language)
if gauge.reading is not Reading.NOT_YET:
    file_links("gauge_files", table_files("gauge", language), language)
