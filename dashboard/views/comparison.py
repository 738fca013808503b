"""Two finished quarters side by side: the KPIs, and how the rhythm was kept."""

import streamlit as st

from dashboard import data, session
from dashboard.components.comparison_page import quarter_choice
from dashboard.components.files import file_links
from dashboard.components.minutes_page import sheet_section
from dashboard.downloads import table_files
from dashboard.navigation import Place, title
from dashboard.report.comparison_sheet import comparison_sheet
from dashboard.state import quarters_asked_for, selection, show_quarters
from dashboard.text import text

_TWO = 2
state = selection()
language, calendar = state.language, state.calendar
st.title(title(Place.COMPARISON, language), anchor=False)
quarters = data.comparison.quarters()
if len(quarters) < _TWO:
    st.caption(
        text("Quarters are compared here as soon as two of them are over, with data.", language)
    )
    st.stop()
first, second = quarters_asked_for(quarters)
quarter_choice(quarters, (first, second), calendar, language, show=show_quarters)
sheet_section(
    comparison_sheet(
        data.comparison.comparison(first, second),
        session.current().workspace.settings.company,
        language,
        calendar,
    ),
    "comparison",
)
labels = {"first": calendar.label(first), "second": calendar.label(second)}
file_links("comparison_files", table_files("comparison", language, **labels), language)
