"""A meeting between its pages: what changed, what it says now, and what people do in it.

Streamlit draws a page anew for every click, and of two clicks in quick succession it may hear one.
So a meeting has addresses of its own: everything somebody does is one request and one answer.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.components.meeting_page import page_data
from dashboard.gestures import meetings
from dashboard.gestures.asking import Asked
from dashboard.gestures.said import Said
from dashboard.navigation import Place, address
from dashboard.rhythm.meeting.noting import TextConflict
from dashboard.text import Language, language_of, render, text
from pipelines.errors import AccessRefused, Cap90Error, Conflict, Refused
from pipelines.visible import visible

#: Longer requests are not read: a note is a few pages at most, each sign four bytes when written.
_MOST_BYTES = 400_000
_MOST_FIELDS = 20


async def _revision(request: Request) -> Response:
    """Answer with the number that grows with everything that changes in a meeting."""
    try:
        number = await run_in_threadpool(lambda: data.meeting.revision(_meeting(request)))
    except Cap90Error as error:
        return _refused(error, _language(request))
    return _said({"revision": number})


async def _state(request: Request) -> Response:
    """Answer with everything the page of a meeting shows."""
    language = _language(request)

    def read() -> dict[str, Any]:
        said = Said(request.query_params, language)
        number, gap = said.maybe_number("look"), said.typed("gap")
        sight = data.meeting.sight(
            _meeting(request), looked_at=number, gap=gap, subject=said.typed("subject")
        )
        after = address(Place.MINUTES, language, meeting=str(sight.meeting.meeting_id))
        return page_data(sight, language, after=after)

    try:
        return _said(await run_in_threadpool(read))
    except Cap90Error as error:
        return _refused(error, language)


async def _do(request: Request) -> Response:
    """Do what somebody asks for."""
    language, form = _language(request), await _form(request)
    if form is None:
        return _too_long(language)

    def work() -> dict[str, Any]:
        said = Said(form, language)
        answer = meetings.perform(_meeting(request), said.typed("what"), said)
        if isinstance(answer, Mapping):
            return dict(answer)
        return {"message": render(answer, language) if answer else ""}

    try:
        return _said(await run_in_threadpool(work))
    except TextConflict as conflict:  # of two texts for one place, neither is lost
        theirs = visible(conflict.theirs_text)
        found = {"text": theirs, "version": conflict.version, "by": conflict.by}
        return _said(found, HTTPStatus.CONFLICT)
    except Cap90Error as error:
        return _refused(error, language)


ROUTES = (
    Route("/meeting/{meeting_id}/revision", _revision, methods=["GET"]),
    Route("/meeting/{meeting_id}/state", _state, methods=["GET"]),
    Route("/meeting/{meeting_id}/do", _do, methods=["POST"]),
)


def _meeting(request: Request) -> int:
    """Return which meeting an address names.

    Raises:
        Refused: None.
    """
    return Said(request.path_params, _language(request)).number("meeting_id")


async def _form(request: Request) -> dict[str, str] | None:
    """Return what was sent, None if it is too long to be meant."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:  # no text, or far too many fields
        return {}
    return dict(pairs)


def _language(request: Request) -> Language:
    return language_of(request.query_params.get("lang", ""))


def _refused(error: Cap90Error, language: Language) -> Response:
    """Return what went wrong, or what is asked: at which field, and what may be answered."""
    match error:
        case AccessRefused():
            status = HTTPStatus.FORBIDDEN
        case Conflict():
            status = HTTPStatus.CONFLICT
        case Refused():
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        case _:
            status = HTTPStatus.SERVICE_UNAVAILABLE
    said = " ".join(visible(render(problem, language)) for problem in error.problems)
    answer: dict[str, Any] = {"message": said}
    if isinstance(error, Asked):
        answer["field"] = error.field
        answer["ways"] = [
            {"name": visible(render(way.name, language)), "values": dict(way.values)}
            for way in error.ways
        ]
    return _said(answer, status)


def _too_long(language: Language) -> Response:
    said = {"message": text("This text is too long to be kept.", language)}
    return _said(said, HTTPStatus.UNPROCESSABLE_ENTITY)


def _said(answer: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return JSONResponse(answer, status)
