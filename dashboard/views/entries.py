"""The few numbers that people type."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.entry_page import (
    entry_form,
    entry_table,
    incomplete_kpis,
    kpi_form,
    typed_kpi,
)
from dashboard.components.files import file_links
from dashboard.components.messages import show_outcome
from dashboard.downloads import table_files
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

state = selection()
language = state.language
st.title(title(Place.ENTRIES, language), anchor=False)
show_outcome(language)
incomplete_kpis(
    data.entries.incomplete_kpis(), language, save=partial(kpi_gestures.save_kpi, language)
)
if kpi := typed_kpi(data.entries.typed_kpis(), language):
    entry_form(
        kpi,
        data.entries.recent_periods,
        data.people.names(),
        state.calendar,
        language,
        add=partial(kpi_gestures.add_entry, language),
    )
    entry_table(kpi, data.entries.entries(kpi.key), data.kpis.currency(), state.calendar, language)
    file_links("entries_files", table_files("entries", language, kpi=kpi.key), language)
with st.expander(text("Add a KPI whose numbers are typed", language), expanded=kpi is None):
    kpi_form("new_kpi", None, language, save=partial(kpi_gestures.save_kpi, language))
