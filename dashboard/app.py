"""The Streamlit script: page settings, language, menu; then the page that was asked for."""

from pathlib import Path

import streamlit as st

from dashboard import session, state
from dashboard.components.menu import menu
from dashboard.components.messages import guarded
from dashboard.navigation import pages

_ASSETS = Path(__file__).with_name("assets")

st.set_page_config(
    page_title="Cap 90",
    page_icon=str(_ASSETS / "mark.svg"),
    layout="wide",
    initial_sidebar_state=220,
)
st.logo(str(_ASSETS / "mark.svg"), size="large")
with guarded("en"):  # nobody's language is known before the workspace is open
    context = session.current()
    language = state.language()
    with guarded(language):
        page = st.navigation(pages(language))
        menu(context.workspace.settings.company, language, state.choose_language)
        page.run()
