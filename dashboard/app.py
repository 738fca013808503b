"""The Streamlit script: page settings, language, menu; then the page that was asked for."""

import streamlit as st

from dashboard import company, data, session, state
from dashboard.components.banner import state_banner
from dashboard.components.menu import Who, menu
from dashboard.components.messages import guarded
from dashboard.components.settings_words import offered
from dashboard.gate import identity
from dashboard.gate.demonstration import roles
from dashboard.navigation import Place, address, allowed, go, pages

st.set_page_config(
    page_title="Cap 90",
    layout="wide",
    initial_sidebar_state=220,
)
with guarded("en"):  # nobody's language is known before the workspace is open
    visitor = session.visitor()
    identity.begin(visitor)
    settings = session.served().workspace.settings
    language = state.language()
    with guarded(language):
        begins = allowed(Place.START, visitor) and data.begins()
        unlisted = () if begins else (Place.START,)
        page = st.navigation(pages(language, visitor, unlisted=unlisted), expanded=True)
        if begins and not data.imports() and state.comes_in(page.url_path):
            go(Place.START, language)
        who = Who(visitor, identity.own_revision(), address(Place.ACCOUNT, language))
        if menu(
            settings.company,
            language,
            who,
            choose=state.choose_language,
            roles=roles(),
            languages=offered(settings),
            logo=company.logo_uri(),
        ):
            go(Place.ACCOUNT, language)
        state_banner(session.served().store.state, language)
        page.run()
