"""The Streamlit script: page settings, language, menu; then the page that was asked for."""

import streamlit as st

from dashboard import company, data, safekeeping, session, state
from dashboard.access.rights import Capability
from dashboard.components.banner import restored_banner, state_banner
from dashboard.components.menu import Who, menu
from dashboard.components.messages import guarded, show_the_rest
from dashboard.components.settings_words import offered
from dashboard.gate import identity
from dashboard.gate.demonstration import roles
from dashboard.navigation import Place, allowed, go, listed, opened

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
        begins = allowed(Place.START, visitor) and data.steps.begins()
        unlisted = () if begins else (Place.START,)
        place, page = opened(language, visitor)
        st.set_page_config(page_title=f"{page.title} · Cap 90")
        if begins and not data.imports.imports() and state.comes_in(page.url_path):
            go(Place.START, language)
        who = Who(visitor, identity.own_revision())
        wanted = menu(
            settings.company,
            language,
            who,
            pages=listed(language, visitor, unlisted=unlisted),
            current=place,
            choose=state.choose_language,
            roles=roles(),
            languages=offered(settings),
            logo=company.logo_uri(),
        )
        if wanted:
            go(wanted, language)
        state_banner(session.served().store.state, language)
        if visitor.may(Capability.KEEP_BACKUPS) and (told := safekeeping.just_restored()):
            restored_banner(
                told.at,
                told.by,
                told.created,
                told.kept,
                timezone=settings.timezone,
                language=language,
            )
        page.run()
        show_the_rest(language)
