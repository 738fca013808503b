"""The pages that the gate makes by itself: text and forms, without a script."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from http import HTTPStatus
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.gate import headers, reader
from dashboard.text import LANGUAGES, Language, text

#: Each language in its own words: whoever looks for it may not read the others.
_NAMES: dict[Language, str] = {
    "en": "English",
    "fr": "Français",
    "fr_CA": "Français (Québec)",
}


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes:
        kind: Of the ``input`` element; ``email`` only brings the right keyboard, since browsers
            refuse addresses with accents.
        fills: What browsers and password safes may fill it with (``autocomplete``).
        hint: What is expected, under the label.
        value: What it holds at first; never a password.
    """

    name: str
    label: str
    kind: str = "text"
    fills: str = "off"
    hint: str = ""
    value: str = ""
    longest: int = 200
    required: bool = True


@dataclass(frozen=True)
class Form:
    """What somebody fills in; it is sent to the address it was shown under."""

    button: str
    fields: tuple[Field, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Link:
    """Somewhere else to go."""

    address: str
    label: str


@dataclass(frozen=True)
class Page:
    """A page of the gate.

    Attributes:
        problems: What was wrong with what somebody sent.
        choices: Other ways to do the same, as large as the form's button.
        links: Shown small, at the end.
        languages: Whether it can be shown in another language (not after a form was sent).
    """

    title: str
    sentences: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    form: Form | None = None
    choices: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    languages: bool = True


class Notice(Enum):
    """Why there is nothing else to show; the value is the status."""

    MISSING = (HTTPStatus.NOT_FOUND, "missing")
    NOT_INCLUDED = (HTTPStatus.FORBIDDEN, "not included")  # in somebody's account
    FOREIGN = (HTTPStatus.FORBIDDEN, "foreign")  # sent by a page of somebody else
    TOO_FAST = (HTTPStatus.TOO_MANY_REQUESTS, "too fast")
    BUSY = (HTTPStatus.SERVICE_UNAVAILABLE, "busy")
    FAILED = (HTTPStatus.INTERNAL_SERVER_ERROR, "failed")

    @property
    def status(self) -> HTTPStatus:
        """The answer's status."""
        return self.value[0]


def answer(request: Request, page: Page, status: int = HTTPStatus.OK) -> Response:
    """Return a page as an answer, in the language that ``reader`` tells."""
    language = reader.language(request)
    shown = _template().render(
        page=page,
        lang=language.replace("_", "-"),
        action=reader.address(request),
        others=[
            (key.replace("_", "-"), _NAMES[key], reader.address(request, lang=key))
            for key in LANGUAGES
            if key != language
        ],
        other_languages=text("Other languages", language),
    )
    # forms have to say where they come from, which "no-referrer" would keep from us as well
    own = {"Content-Security-Policy": headers.OWN_POLICY, "Referrer-Policy": "same-origin"}
    return HTMLResponse(shown, status, headers=own)


def notice(request: Request, kind: Notice) -> Response:
    """Return a page that says why there is nothing else to show, and what to do."""
    language = reader.language(request)
    title, sentence = _said(kind, language)
    back = Link(f"/?{reader.LANGUAGE}={language}", text("Back to Cap 90", language))
    return answer(request, Page(title, (sentence,), links=(back,), languages=False), kind.status)


def style() -> Response:
    """Return the style sheet of these pages."""
    sheet = files("dashboard.gate").joinpath("style.css").read_text(encoding="utf-8")
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _said(kind: Notice, language: Language) -> tuple[str, str]:
    match kind:
        case Notice.MISSING:
            return (
                text("There is no such page.", language),
                text("The address may be mistyped, or the page has moved.", language),
            )
        case Notice.NOT_INCLUDED:
            return (
                text("Your account does not include this page.", language),
                text("Ask the owner of the account list if you need it.", language),
            )
        case Notice.FOREIGN:
            return (
                text("This form did not come from Cap 90.", language),
                text("Open the page again and fill it in there; nothing was changed.", language),
            )
        case Notice.TOO_FAST:
            return (
                text("That was too much at once.", language),
                text(
                    "More was asked for in your name than people do. Wait a few seconds, then "
                    "load the page again; nothing was changed.",
                    language,
                ),
            )
        case Notice.BUSY:
            return (
                text("Cap 90 is busy for a moment.", language),
                text(
                    "The database is being looked after. Nothing is lost; "
                    "load the page again in a minute.",
                    language,
                ),
            )
        case Notice.FAILED:
            return (
                text("Something unexpected happened.", language),
                text(
                    "Your data is safe. Load the page again, and tell the person who looks after "
                    "Cap 90 if it happens again.",
                    language,
                ),
            )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("dashboard.gate"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html")
