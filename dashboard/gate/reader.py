"""In which language somebody reads whom nobody knows yet."""

from urllib.parse import urlencode

from starlette.requests import HTTPConnection

from dashboard import session
from dashboard.text import LANGUAGES, Language, language_of
from pipelines.errors import Cap90Error

LANGUAGE = "lang"
NEXT = "next"


def language(request: HTTPConnection) -> Language:
    """Return the language: the address's, else the browser's first of ours, else the company's."""
    asked = request.query_params.get(LANGUAGE)
    if asked in LANGUAGES:
        return asked
    ours = _company()
    accepted = request.headers.get("accept-language", "")
    names = (part.partition(";")[0].strip() for part in accepted.split(","))
    browsers = next((name for name in names if name[:2].casefold() in {"en", "fr"}), None)
    if browsers is None or browsers[:2].casefold() == ours[:2]:
        return ours  # of two kinds of French, the company's
    return language_of(browsers)


def next_page(request: HTTPConnection) -> str:
    """Return the page to go to after the login: one of our own, or the first one.

    An address that leads to somebody else's server in disguise (two slashes, a backslash, a tab
    or a line break within) is none of ours.
    """
    asked = request.query_params.get(NEXT, "")
    ours = asked.startswith("/") and not asked.startswith("//") and asked.isprintable()
    return asked if ours and "\\" not in asked and not asked.startswith("/log") else "/"


def address(request: HTTPConnection, **changed: str) -> str:
    """Return the address of a page as it was asked for, with something else in it."""
    kept = {name: value for name in (NEXT, LANGUAGE) if (value := request.query_params.get(name))}
    query = urlencode({**kept, **changed})
    return request.url.path + (f"?{query}" if query else "")


def _company() -> Language:
    try:
        return language_of(session.served().workspace.settings.locale)
    except Cap90Error:  # the workspace is being repaired: the page says so in any language
        return "en"
