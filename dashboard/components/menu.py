"""What stands beside every page: the other pages, whose numbers these are, and in which language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import streamlit as st

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.assets import asset, given
from dashboard.components.document import document_style
from dashboard.navigation import Link, Place, address, title
from dashboard.scripts import loader
from dashboard.text import LANGUAGES, Language, text

#: Each language in its own words: whoever looks for it may not read the others.
LANGUAGE_NAMES: dict[Language, str] = {
    "en": "English",
    "fr": "Français",
    "fr_CA": "Français (Québec)",
}

_menu = st.components.v2.component(
    "cap90_menu",
    html='<div class="menu"></div>',
    css=asset("page_list.css") + asset("menu.css"),
    js=loader(),
)


@dataclass(frozen=True)
class Who:
    """Who is looking.

    Attributes:
        revision: Changes when they become somebody else or may see other things; the page asks
            the server for it every few seconds.
    """

    visitor: Visitor
    revision: str


def menu(
    company: str,
    language: Language,
    who: Who,
    *,
    pages: Mapping[str, Sequence[Link]],
    current: Place,
    choose: Callable[[Language], None],
    roles: Sequence[Role] = (),
    languages: Sequence[Language] = LANGUAGES,
    logo: str | None = None,
) -> Place | None:
    """Show the list of pages, and under it the company, who is looking and the choice of language.

    It also tells the browser which language the page is in; Streamlit says English whatever it
    shows. And it watches whether somebody is still logged in.

    Args:
        pages: Those to choose from, under their headings.
        current: The page this is on.
        choose: Called with the language somebody chose, before the page is drawn again.
        roles: Those that somebody may try out, in the demonstration.
        languages: Those on offer.
        logo: The company's, as a data-URI.

    Returns:
        The page that somebody has just asked for, else None.
    """

    def chosen() -> None:
        wanted = st.session_state["menu"]["language"]
        if wanted in LANGUAGES:
            choose(cast("Language", wanted))

    with st.sidebar:
        result = _menu(
            key="menu",
            data=given(
                {
                    "pages": _page_list(pages, current, language),
                    "company": company,
                    "style": document_style(language),
                    "label": text("Language", language),
                    "language": language,
                    "languages": [
                        {"key": key, "name": name, "lang": key.replace("_", "-")}
                        for key, name in LANGUAGE_NAMES.items()
                        if key in languages
                    ],
                    "logo": logo,
                    "who": _who(who, language),
                    "demo": _demo(who.visitor.role, roles, language) if roles else None,
                }
            ),
            on_language_change=chosen,
            on_open_change=_nothing,
        )
    # it comes from the browser: what is not on offer is not opened
    on_offer = {Place.ACCOUNT, *(link.place for link in chain.from_iterable(pages.values()))}
    return next((place for place in on_offer if place == result.open), None)


def role_name(role: Role, language: Language) -> str:
    """Return what people call a role."""
    match role:
        case Role.OWNER:
            return text("Company owner", language)
        case Role.MANAGER:
            return text("Manager", language)
        case Role.SALESPERSON:
            return text("Salesperson", language)
        case Role.VIEWER:
            return text("Viewer", language)


def _nothing() -> None:
    """Do nothing: what was asked for is in the result."""


def _page_list(
    pages: Mapping[str, Sequence[Link]], current: Place, language: Language
) -> dict[str, object]:
    return {
        "label": text("Pages", language),
        "current": current.value,
        "sections": [
            {"heading": heading, "links": [_link(link) for link in links]}
            for heading, links in pages.items()
        ],
    }


def _link(link: Link) -> dict[str, str]:
    return {"place": link.place.value, "name": link.title, "href": link.address}


def _who(who: Who, language: Language) -> dict[str, object]:
    place = Place.ACCOUNT
    account = Link(place, title(place, language), address(place, language))
    return {
        "name": who.visitor.name,
        "role": role_name(who.visitor.role, language),
        "revision": who.revision,
        "account": _link(account),
        "out": text("Log out", language),
    }


def _demo(role: Role, roles: Sequence[Role], language: Language) -> dict[str, object]:
    return {
        "note": text(
            "This is the demonstration: an invented company, without passwords.", language
        ),
        "label": text("See it as", language),
        "role": role.value,
        "roles": [{"key": one.value, "name": role_name(one, language)} for one in roles],
    }
