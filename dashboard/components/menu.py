"""What stands beside every page: whose numbers these are, and in which language to read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.assets import asset, given
from dashboard.components.document import document_style
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
    css=asset("menu.css"),
    js=asset("watch.js") + asset("menu.js"),
)


@dataclass(frozen=True)
class Who:
    """Who is looking.

    Attributes:
        revision: Changes when they become somebody else or may see other things; the page asks
            the server for it every few seconds.
        account: The address of the page about their account.
    """

    visitor: Visitor
    revision: str
    account: str


def menu(
    company: str,
    language: Language,
    who: Who,
    *,
    choose: Callable[[Language], None],
    roles: Sequence[Role] = (),
    languages: Sequence[Language] = LANGUAGES,
    logo: str | None = None,
) -> bool:
    """Show the company, who is looking and the choice of language under the list of pages.

    It also tells the browser which language the page is in; Streamlit says English whatever it
    shows. And it watches whether somebody is still logged in.

    Args:
        choose: Called with the language somebody chose, before the page is drawn again.
        roles: Those that somebody may try out, in the demonstration.
        languages: Those on offer.
        logo: The company's, as a data-URI.

    Returns:
        Whether somebody asked for the page about their account.
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
            on_account_change=_nothing,
        )
    return bool(result.account)


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


def _who(who: Who, language: Language) -> dict[str, object]:
    return {
        "name": who.visitor.name,
        "role": role_name(who.visitor.role, language),
        "revision": who.revision,
        "account": {"address": who.account, "label": text("My account", language)},
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
