"""The pages there are, how they are called, and how to get to them.

Pages carry no icon of their own: the browser would fetch it from a foreign host for its tab.
"""

from enum import StrEnum
from urllib.parse import urlencode

import streamlit as st

from dashboard.text import Language, text


class Place(StrEnum):
    """A page; the value is its address and the name of its script."""

    WEEK = "week"
    KPI = "kpi"
    ACTIONS = "actions"
    TARGETS = "targets"
    ENTRIES = "entries"
    IMPORTS = "imports"
    CHOICE = "choice"

    @property
    def script(self) -> str:
        """The script that shows it, relative to ``app.py``."""
        return f"views/{self.value}.py"


def title(place: Place, language: Language) -> str:
    """Return what a page is called in menus and in the browser's tab."""
    titles = {
        Place.WEEK: text("My week", language),
        Place.KPI: text("KPIs", language),
        Place.ACTIONS: text("Actions", language),
        Place.TARGETS: text("Targets", language),
        Place.ENTRIES: text("Typed numbers", language),
        Place.IMPORTS: text("Data", language),
        Place.CHOICE: text("Choice of KPIs", language),
    }
    return titles[place]


def pages(language: Language) -> dict[str, list[st.Page]]:
    """Return every page under the heading it stands under in the menu."""
    sections = {
        text("Every week", language): (Place.WEEK, Place.KPI, Place.ACTIONS),
        text("Set up", language): (Place.CHOICE, Place.TARGETS, Place.ENTRIES, Place.IMPORTS),
    }
    return {
        heading: [
            st.Page(
                place.script,
                title=title(place, language),
                url_path=place.value,
                default=place is Place.WEEK,
            )
            for place in places
        ]
        for heading, places in sections.items()
    }


def address(place: Place, language: Language, **parameters: str) -> str:
    """Return a link to a page, relative to any other page."""
    path = "" if place is Place.WEEK else place.value
    return f"./{path}?{urlencode({**parameters, 'lang': language})}"


def go(place: Place, language: Language, **parameters: str) -> None:
    """Open a page in this session; does not return."""
    st.switch_page(place.script, query_params={**parameters, "lang": language})
