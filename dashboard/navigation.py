"""The pages there are, how they are called, and how to get to them.

Pages carry no icon of their own: the browser would fetch it from a foreign host for its tab.
"""

from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
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
    REVIEWS = "reviews"
    START = "start"
    PEOPLE = "people"
    SETTINGS = "settings"
    JOBS = "jobs"
    ACCOUNTS = "accounts"
    SAFETY = "safety"
    AUDIT = "audit"
    ACCOUNT = "account"

    @property
    def script(self) -> str:
        """The script that shows it, relative to ``app.py``."""
        return f"views/{self.value}.py"


#: What somebody has to be allowed to see a page at all; None: everybody who is logged in.
NEEDS: dict[Place, Capability | None] = {
    Place.WEEK: Capability.SEE_FIGURES,
    Place.KPI: Capability.SEE_FIGURES,
    Place.ACTIONS: Capability.SEE_FIGURES,
    Place.TARGETS: Capability.SEE_FIGURES,
    Place.ENTRIES: Capability.TYPE_NUMBERS,
    Place.IMPORTS: Capability.IMPORT,
    Place.CHOICE: Capability.SET_TARGETS,
    Place.REVIEWS: Capability.SEE_REVIEWS,
    Place.START: Capability.EDIT_SETTINGS,
    Place.PEOPLE: Capability.EDIT_PEOPLE,
    Place.SETTINGS: Capability.EDIT_SETTINGS,
    Place.JOBS: Capability.IMPORT,
    Place.ACCOUNTS: Capability.MANAGE_ACCOUNTS,
    Place.SAFETY: Capability.KEEP_BACKUPS,
    Place.AUDIT: Capability.READ_AUDIT,
    Place.ACCOUNT: None,
}

#: Reached from beside the menu.
_ELSEWHERE = frozenset({Place.ACCOUNT})


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
        Place.REVIEWS: text("Reviews", language),
        Place.START: text("First steps", language),
        Place.PEOPLE: text("People", language),
        Place.SETTINGS: text("Settings", language),
        Place.JOBS: text("Jobs", language),
        Place.ACCOUNTS: text("Accounts", language),
        Place.SAFETY: text("Backups", language),
        Place.AUDIT: text("Audit trail", language),
        Place.ACCOUNT: text("My account", language),
    }
    return titles[place]


def allowed(place: Place, visitor: Visitor) -> bool:
    """Tell whether somebody may open a page."""
    needed = NEEDS[place]
    return needed is None or visitor.may(needed)


def pages(
    language: Language, visitor: Visitor, *, unlisted: Collection[Place] = ()
) -> dict[str, list[st.Page]]:
    """Return every page that somebody may open, under the heading it stands under in the menu.

    A page that is not among them does not exist for them: its address leads to their first one.

    Args:
        unlisted: Pages that are there and do not stand in the menu.
    """
    sections = {
        text("Every week", language): (
            *(Place.WEEK, Place.KPI, Place.ACTIONS, Place.REVIEWS, Place.ACCOUNT),
        ),
        text("Set up", language): (
            *(Place.START, Place.IMPORTS, Place.CHOICE, Place.TARGETS, Place.ENTRIES),
        ),
        text("Company", language): (Place.PEOPLE, Place.SETTINGS, Place.ACCOUNTS),
        text("Safety", language): (Place.JOBS, Place.SAFETY, Place.AUDIT),
    }
    first = next(
        place for places in sections.values() for place in places if allowed(place, visitor)
    )
    return {
        heading: [
            st.Page(
                place.script,
                title=title(place, language),
                url_path=place.value,
                default=place is first,
                visibility="hidden" if place in {*unlisted, *_ELSEWHERE} else "visible",
            )
            for place in places
            if allowed(place, visitor)
        ]
        for heading, places in sections.items()
        if any(allowed(place, visitor) for place in places)
    }


def address(place: Place, language: Language, **parameters: str) -> str:
    """Return a link to a page, relative to any other page."""
    path = "" if place is Place.WEEK else place.value
    return f"./{path}?{urlencode({**parameters, 'lang': language})}"


def go(place: Place, language: Language, **parameters: str) -> None:
    """Open a page in this session; does not return."""
    st.switch_page(place.script, query_params={**parameters, "lang": language})
