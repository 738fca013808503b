"""The files people take away: each page links to them, and the server makes one when it is asked.

Streamlit would make a file beforehand and hand it to whoever knows its address. Here an address is
a ticket: it says what is asked for and for whom, is signed by this process, and is good for half a
day, or until the login session ends.
"""

import logging
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from dashboard import data, safekeeping, session
from dashboard.access.rights import Capability
from dashboard.components.files import FileLink, TableLinks
from dashboard.exports import TABLES, Said
from dashboard.report.sheet import Sheet
from dashboard.spreadsheets import Ending, written
from dashboard.text import LANGUAGES, Language, language_of, text
from pipelines.context import Context
from pipelines.errors import AccessRefused

#: A page that was opened in the morning still gives its files in the evening.
LIFE_SECONDS = 12 * 60 * 60

_log = logging.getLogger(__name__)
#: Tickets of an earlier process are worth nothing; the page that is drawn again has new ones.
_tickets = URLSafeTimedSerializer(
    secrets.token_bytes(32), salt="download", signer_kwargs={"digest_method": sha256}
)


@dataclass(frozen=True)
class _Kind:
    """A kind of file, what it takes to have one, and how it is made from what its link says.

    Attributes:
        noted: What the audit trail calls it that somebody took one away.
    """

    media_type: str
    needs: Capability
    noted: str
    make: Callable[[Context, Mapping[str, str]], bytes | Path]  # a file that is there is not read


def paper_files(
    name: Literal["gap_review", "quarter"], title: str, language: Language, meeting: int | None
) -> list[tuple[str, str, str]]:
    """Return name, address and longer name of each file a review can be taken away as.

    Args:
        title: Of the review; files are called after it.
        meeting: The closed one; None: as of today.
    """
    number = "" if meeting is None else str(meeting)
    kinds = (
        ("pdf", "PDF", text("Take the review away as a PDF", language)),
        ("md", "Markdown", text("Take the review away as Markdown", language)),
    )
    return [
        (
            shown,
            link(f"{name}_{ending}", f"{title}.{ending}", meeting=number, language=language),
            more,
        )
        for ending, shown, more in kinds
    ]


def table_files(name: str, language: Language, **parameters: str) -> tuple[FileLink, ...]:
    """Return where a page finds a table that it shows, in each format it can be taken away in.

    Args:
        name: One of ``exports.TABLES``.
        parameters: What the table needs to know.
    """
    table, said = TABLES[name], Said(language, parameters)
    title = table.called(said)
    return tuple(
        FileLink(
            ending.word,
            link(
                f"{name}_{ending}",
                table.file_name(said, ending),
                language=language,
                **parameters,
            ),
            text("{table} as {format}", language, table=title, format=ending.word),
        )
        for ending in Ending
    )


def named_tables(
    names: Sequence[str], language: Language, **parameters: str
) -> tuple[TableLinks, ...]:
    """Return where a page finds several tables; see ``table_files``.

    Args:
        parameters: What all of them need to know. What of it is in their titles stands in the
            names of the files alone: the page says it already.
    """
    return tuple(
        TableLinks(
            TABLES[name].called(Said(language, {})), table_files(name, language, **parameters)
        )
        for name in names
    )


def link(kind: str, file_name: str, **parameters: str) -> str:
    """Return where a page finds a file, relative to the page.

    Args:
        kind: What it is; see ``_KINDS``.
        file_name: What it is called once it is on somebody's computer.
        parameters: What the kind needs to know. ``language`` is also the one in which somebody
            reads that the link has expired.
    """
    ticket = _tickets.dumps(
        {"kind": kind, "file": file_name, "parameters": parameters, "bound_to": _bound_to()}
    )
    return f"./download/{ticket}"


async def _answer(request: Request) -> Response:
    """Return the file that a ticket asks for, or a page that says why there is none."""
    readers = _reading(request.headers.get("accept-language", ""))
    try:
        asked = _tickets.loads(request.path_params["ticket"], max_age=LIFE_SECONDS)
    except SignatureExpired as expired:
        # signed by us, so it may be read; anything else is not even unpacked
        return _sorry(
            HTTPStatus.GONE, _language(_tickets.load_payload(expired.payload or b""), readers)
        )
    except BadData:
        return _sorry(HTTPStatus.NOT_FOUND, readers)
    kind = _KINDS.get(asked["kind"])
    if kind is None or not _still_valid(asked["bound_to"], kind.needs):
        return _sorry(HTTPStatus.NOT_FOUND, _language(asked, readers))
    try:
        made = await run_in_threadpool(_made, kind, asked)
    except Exception:  # noqa: BLE001 - whatever it is, people get a sentence and the log the rest
        _log.exception("A file could not be made.")
        return _sorry(HTTPStatus.INTERNAL_SERVER_ERROR, _language(asked, readers))
    headers = {**_PRIVATE, "Content-Disposition": _attachment(asked["file"])}
    if isinstance(made, Path):
        return FileResponse(made, media_type=kind.media_type, headers=headers)
    return Response(made, media_type=kind.media_type, headers=headers)


def _made(kind: _Kind, asked: Mapping[str, Any]) -> bytes | Path:
    """Make a file, and note who takes it away: what cannot be noted is not handed out.

    Raises:
        Exception: Whatever kept it from being made; StoreError: it could not be noted.
    """
    made = kind.make(session.current(), asked["parameters"])
    name = str(asked["file"])
    session.access().audit.note(session.visitor().name, kind.noted, f"file {name}", {"file": name})
    return made


#: Comes before Streamlit's own routes, which answer every address with a page.
ROUTE = Route("/download/{ticket}", _answer, methods=["GET"])
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


def _weekly_pdf(context: Context, parameters: Mapping[str, str]) -> bytes:
    review = data.reviews.review(
        context.calendar.parse(parameters["week"])
    )  # the one on the screen
    return data.reviews.weekly_pdf(review, cast("Language", parameters["language"]))


def _backup(_context: Context, parameters: Mapping[str, str]) -> Path:
    return safekeeping.file_of(parameters["name"])


def _audit_csv(_context: Context, parameters: Mapping[str, str]) -> bytes:
    search = data.access.Search.of_parameters(parameters)
    return data.access.audit_csv(search, cast("Language", parameters["language"]))


def _table(name: str, ending: Ending) -> Callable[[Context, Mapping[str, str]], bytes]:
    """Return what makes a table; what is in it is asked for by whoever has the link."""

    def make(_context: Context, parameters: Mapping[str, str]) -> bytes:
        said = Said(cast("Language", parameters["language"]), parameters)
        return written(TABLES[name].spreadsheet(said), ending, said.language)

    return make


def _minutes(ending: str) -> Callable[[Context, Mapping[str, str]], bytes]:
    """Return what makes minutes; who may read which is asked when somebody does."""

    def make(_context: Context, parameters: Mapping[str, str]) -> bytes:
        return data.minutes.minutes_file(int(parameters["meeting"]), parameters["language"], ending)

    return make


def _preparation(_context: Context, parameters: Mapping[str, str]) -> bytes:
    return data.minutes.preparation_file(int(parameters["meeting"]), parameters["language"])


def _paper(
    paper: Callable[[int | None, Language], Sheet], ending: Literal["pdf", "md"]
) -> Callable[[Context, Mapping[str, str]], bytes]:
    """Return what makes a review; who may read which is asked when somebody does."""

    def make(_context: Context, parameters: Mapping[str, str]) -> bytes:
        meeting = int(parameters["meeting"]) if parameters["meeting"] else None
        return data.papers.file_of(paper(meeting, cast("Language", parameters["language"])), ending)

    return make


#: What can be taken away, by the name that links give it.
_KINDS = {
    "weekly_pdf": _Kind(
        "application/pdf", Capability.SEE_REVIEWS, "report.downloaded", _weekly_pdf
    ),
    "backup": _Kind("application/zip", Capability.KEEP_BACKUPS, "backup.downloaded", _backup),
    "minutes_pdf": _Kind(
        "application/pdf", Capability.SEE_REVIEWS, "minutes.downloaded", _minutes("pdf")
    ),
    "minutes_md": _Kind(
        "text/markdown; charset=utf-8", Capability.SEE_REVIEWS, "minutes.downloaded", _minutes("md")
    ),
    "minutes_ics": _Kind(
        "text/calendar; charset=utf-8",
        Capability.SEE_REVIEWS,
        "minutes.downloaded",
        _minutes("ics"),
    ),
    "preparation_pdf": _Kind(
        "application/pdf", Capability.TAKE_PART, "preparation.downloaded", _preparation
    ),
    "gap_review_pdf": _Kind(
        "application/pdf",
        Capability.SEE_REVIEWS,
        "report.downloaded",
        _paper(data.papers.gaps_paper, "pdf"),
    ),
    "gap_review_md": _Kind(
        "text/markdown; charset=utf-8",
        Capability.SEE_REVIEWS,
        "report.downloaded",
        _paper(data.papers.gaps_paper, "md"),
    ),
    "quarter_pdf": _Kind(
        "application/pdf",
        Capability.SEE_REVIEWS,
        "report.downloaded",
        _paper(data.papers.quarter_paper, "pdf"),
    ),
    "quarter_md": _Kind(
        "text/markdown; charset=utf-8",
        Capability.SEE_REVIEWS,
        "report.downloaded",
        _paper(data.papers.quarter_paper, "md"),
    ),
    "audit_csv": _Kind(
        "text/csv; charset=utf-8", Capability.READ_AUDIT, "audit.downloaded", _audit_csv
    ),
    **{
        f"{name}_{ending}": _Kind(
            ending.media_type, table.needs, "table.downloaded", _table(name, ending)
        )
        for name, table in TABLES.items()
        for ending in Ending
    },
}


def _bound_to() -> str:
    """Return whom a ticket is for: one login session, or the person at the company's computer."""
    return session.visitor().session_id


def _still_valid(bound_to: str, needed: Capability) -> bool:
    """Tell whether whoever asks now is the one a ticket is for, and may still have the file."""
    try:
        visitor = session.visitor()
    except AccessRefused:
        return False
    return visitor.session_id == bound_to and visitor.may(needed)


def _attachment(file_name: str) -> str:
    """Return the header that keeps a file under its name (RFC 6266), for old readers in ASCII."""
    letters = unicodedata.normalize("NFKD", file_name)  # an é keeps its e
    plain = "".join(sign for sign in letters if sign.isascii() and sign.isprintable())
    plain = plain.replace("\\", "").replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _language(asked: Any, otherwise: Language) -> Language:
    wanted = asked["parameters"].get("language")
    return next((known for known in LANGUAGES if known == wanted), otherwise)


def _reading(accepted: str) -> Language:
    """Return the first of our languages that a browser accepts; browsers name the best one first."""
    names = (part.partition(";")[0].strip() for part in accepted.split(","))
    known = next((name for name in names if name[:2].casefold() in {"en", "fr"}), "en")
    return language_of(known)


def _sorry(status: HTTPStatus, language: Language) -> Response:
    """Return a page that stands on its own: what happened, what to do, and the way back."""
    what = {
        HTTPStatus.GONE: text("This link has expired.", language),
        HTTPStatus.NOT_FOUND: text("This link leads to no file any more.", language),
    }.get(status) or text("The file could not be made.", language)
    hint = text("Open the page again and take the file from there: its links are fresh.", language)
    page = _PAGE.format(
        lang=language.replace("_", "-"),
        what=escape(what),
        hint=escape(hint),
        back=escape(text("Back to Cap 90", language)),
        address=f"./../?lang={language}",
    )
    return HTMLResponse(page, status, headers=_PRIVATE)


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cap 90</title>
<style>
:root {{ color-scheme: light dark; }}
body {{
  max-width: 34rem; margin: 18vh auto 0; padding: 0 1.25rem;
  font: 1.05rem/1.6 "Source Sans 3", system-ui, sans-serif;
  color: light-dark(#1d2a33, #e6ecef); background: light-dark(#ffffff, #12191d);
}}
h1 {{ margin: 0 0 0.5rem; font-size: 1.5rem; line-height: 1.25; }}
a {{ color: light-dark(#0f5a78, #7cc3de); }}
</style>
</head>
<body><main><h1>{what}</h1><p>{hint}</p><p><a href="{address}">{back}</a></p></main></body>
</html>
"""
