"""What stands beside every page: whose numbers these are, and in which language to read them."""

from collections.abc import Callable
from typing import cast

import streamlit as st

from dashboard.components.assets import asset, given
from dashboard.components.document import document_style
from dashboard.text import LANGUAGES, Language, text

#: Each language in its own words: whoever looks for it may not read the others.
_NAMES: dict[Language, str] = {
    "en": "English",
    "fr": "Français",
    "fr_CA": "Français (Québec)",
}

_menu = st.components.v2.component(
    "cap90_menu", html='<div class="menu"></div>', css=asset("menu.css"), js=asset("menu.js")
)


def menu(company: str, language: Language, choose: Callable[[Language], None]) -> None:
    """Show the company's name and the choice of language under the list of pages.

    It also tells the browser which language the page is in; Streamlit says English whatever it
    shows.

    Args:
        choose: Called with the language somebody chose, before the page is drawn again.
    """

    def chosen() -> None:
        wanted = st.session_state["menu"]["language"]
        if wanted in LANGUAGES:
            choose(cast("Language", wanted))

    with st.sidebar:
        _menu(
            key="menu",
            data=given(
                {
                    "company": company,
                    "style": document_style(language),
                    "label": text("Language", language),
                    "language": language,
                    "languages": [
                        {"key": key, "name": name, "lang": key.replace("_", "-")}
                        for key, name in _NAMES.items()
                    ],
                }
            ),
            on_language_change=chosen,
        )
