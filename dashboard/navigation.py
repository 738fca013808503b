"""The pages there are, how they are called, and how to get to them.

Pages carry no icon of their own: the browser would fetch it from a foreign host for its tab.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from urllib.parse import urlencode

import streamlit as st

from dashboard.access.rights import Capability
from dashboard.access.visitor import Visitor
from dashboard.text import Language, text


class Place(StrEnum):
    """A page; the value is its address and the name of its script."""

    WEEK = "week"
    MINE = "mine"
    MEETING = "meeting"
    GAP_REVIEW = "gap_review"
    QUARTER_REVIEW = "quarter_review"
    NEXT_QUARTER = "next_quarter"
    MINUTES = "minutes"
    DECISION = "decision"
    KPI = "kpi"
    PIPELINE = "pipeline"
    ACTIONS = "actions"
    PLAN = "plan"
    PERSONAL = "personal"
    TARGETS = "targets"
    ENTRIES = "entries"
    IMPORTS = "imports"
    CHOICE = "choice"
    REVIEWS = "reviews"
    COMPARISON = "comparison"
    PACTS = "pacts"
    EXPERIMENTS = "experiments"
    DISCIPLINE = "discipline"
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


@dataclass(frozen=True)
class Link:
    """A page as it stands in somebody's menu."""

    place: Place
    title: str
    address: str


#: What somebody has to be allowed to see a page at all; None: everybody who is logged in.
NEEDS: dict[Place, Capability | None] = {
    Place.WEEK: Capability.SEE_FIGURES,
    Place.MINE: Capability.DO_ACTIONS,
    Place.MEETING: Capability.TAKE_PART,
    Place.GAP_REVIEW: Capability.TAKE_PART,
    Place.QUARTER_REVIEW: Capability.TAKE_PART,
    Place.NEXT_QUARTER: Capability.TAKE_PART,
    Place.MINUTES: Capability.SEE_REVIEWS,
    Place.DECISION: Capability.SEE_REVIEWS,
    Place.KPI: Capability.SEE_FIGURES,
    Place.PIPELINE: Capability.SEE_FIGURES,
    Place.ACTIONS: Capability.SEE_FIGURES,
    Place.PLAN: Capability.SEE_FIGURES,
    Place.PERSONAL: Capability.TAKE_PART,
    Place.TARGETS: Capability.SEE_FIGURES,
    Place.ENTRIES: Capability.TYPE_NUMBERS,
    Place.IMPORTS: Capability.IMPORT,
    Place.CHOICE: Capability.SET_TARGETS,
    Place.REVIEWS: Capability.SEE_REVIEWS,
    Place.COMPARISON: Capability.SEE_REVIEWS,
    Place.PACTS: Capability.SEE_FIGURES,
    Place.EXPERIMENTS: Capability.SEE_FIGURES,
    Place.DISCIPLINE: Capability.SEE_FIGURES,
    Place.START: Capability.EDIT_SETTINGS,
    Place.PEOPLE: Capability.EDIT_PEOPLE,
    Place.SETTINGS: Capability.EDIT_SETTINGS,
    Place.JOBS: Capability.IMPORT,
    Place.ACCOUNTS: Capability.MANAGE_ACCOUNTS,
    Place.SAFETY: Capability.KEEP_BACKUPS,
    Place.AUDIT: Capability.READ_AUDIT,
    Place.ACCOUNT: None,
}

#: Reached from beside the menu, or from the pages they belong to.
_ELSEWHERE = frozenset({Place.ACCOUNT, Place.DECISION, Place.COMPARISON, Place.NEXT_QUARTER})


def title(place: Place, language: Language) -> str:
    """Return what a page is called in menus and in the browser's tab."""
    titles = {
        Place.WEEK: text("My week", language),
        Place.MINE: text("My commitments", language),
        Place.MEETING: text("Meeting", language),
        Place.GAP_REVIEW: text("Monthly gap review", language),
        Place.QUARTER_REVIEW: text("Quarterly review", language),
        Place.NEXT_QUARTER: text("Next quarter", language),
        Place.MINUTES: text("Meeting minutes", language),
        Place.DECISION: text("Decision", language),
        Place.KPI: text("KPIs", language),
        Place.PIPELINE: text("Pipeline review", language),
        Place.ACTIONS: text("Actions", language),
        Place.PLAN: text("90-day plan", language),
        Place.PERSONAL: text("Individual plans", language),
        Place.TARGETS: text("Targets", language),
        Place.ENTRIES: text("Typed numbers", language),
        Place.IMPORTS: text("Data", language),
        Place.CHOICE: text("Choice of KPIs", language),
        Place.REVIEWS: text("Reviews", language),
        Place.COMPARISON: text("Quarter against quarter", language),
        Place.PACTS: text("Pressure pacts", language),
        Place.EXPERIMENTS: text("Experiments and good practices", language),
        Place.DISCIPLINE: text("Discipline", language),
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


def opened(language: Language, visitor: Visitor) -> tuple[Place, st.Page]:
    """Return the page that the address asks for, out of those that somebody may open.

    A page that is not among them does not exist for them: its address leads to their first one.
    """
    places = list(chain.from_iterable(_sections(language, visitor).values()))
    pages = {_page(place, place.value, language): place for place in places}
    # the front door leads to a page that has an address of its own as well
    front = _front(places)
    door = _page(front, "front", language, default=True)
    # the menu lists them: Streamlit's own list slows the first page down, and more with each entry
    shown = st.navigation([door, *pages], position="hidden")
    return pages.get(shown, front), shown


def _page(place: Place, path: str, language: Language, *, default: bool = False) -> st.Page:
    return st.Page(place.script, title=title(place, language), url_path=path, default=default)


def listed(
    language: Language, visitor: Visitor, *, unlisted: Collection[Place] = ()
) -> dict[str, list[Link]]:
    """Return the pages that stand in somebody's menu, under their headings.

    Args:
        unlisted: Pages that are there and do not stand in the menu.
    """
    sections = _sections(language, visitor)
    first = _front(list(chain.from_iterable(sections.values())))

    def link(place: Place) -> Link:
        # the first page has no other address than the front door's
        at = _at("", language) if place is first else address(place, language)
        return Link(place, title(place, language), at)

    links = {
        heading: [link(place) for place in places if place not in {*unlisted, *_ELSEWHERE}]
        for heading, places in sections.items()
    }
    return {heading: found for heading, found in links.items() if found}


def _sections(language: Language, visitor: Visitor) -> dict[str, list[Place]]:
    """Return every page that somebody may open, under the heading it belongs to."""
    sections = {
        text("Every week", language): (
            *(
                *_week_and_own(visitor),
                Place.MEETING,
                Place.GAP_REVIEW,
                Place.QUARTER_REVIEW,
                Place.NEXT_QUARTER,
                Place.KPI,
                Place.PIPELINE,
                Place.ACTIONS,
                Place.PLAN,
                Place.PERSONAL,
                Place.MINUTES,
                Place.REVIEWS,
                Place.DECISION,
                Place.COMPARISON,
                Place.ACCOUNT,
            ),
        ),
        text("Improve", language): (Place.PACTS, Place.EXPERIMENTS, Place.DISCIPLINE),
        text("Set up", language): (
            *(Place.START, Place.IMPORTS, Place.CHOICE, Place.TARGETS, Place.ENTRIES),
        ),
        text("Company", language): (Place.PEOPLE, Place.SETTINGS, Place.ACCOUNTS),
        text("Safety", language): (Place.JOBS, Place.SAFETY, Place.AUDIT),
    }
    return {
        heading: [place for place in places if allowed(place, visitor)]
        for heading, places in sections.items()
    }


def _week_and_own(visitor: Visitor) -> tuple[Place, Place]:
    """Return the two pages of every week: first the one that somebody works with."""
    runs = visitor.may(Capability.ASSIGN_ACTIONS)
    return (Place.WEEK, Place.MINE) if runs else (Place.MINE, Place.WEEK)


def _front(places: Sequence[Place]) -> Place:
    """Return the page at the front door: the week, or reviews for those who only read these."""
    return next(place for place in (Place.WEEK, Place.REVIEWS, *places) if place in places)


def address(place: Place, language: Language, **parameters: str) -> str:
    """Return a link to a page, relative to any other page."""
    return _at("" if place is Place.WEEK else place.value, language, **parameters)


def go(place: Place, language: Language, **parameters: str) -> None:
    """Open a page in this session; does not return."""
    st.switch_page(place.script, query_params={**parameters, "lang": language})


def _at(path: str, language: Language, **parameters: str) -> str:
    return f"./{path}?{urlencode({**parameters, 'lang': language})}"
