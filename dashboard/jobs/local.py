"""The door for commands on this computer: hand one in, hear what it says, stop it.

Not for browsers: a request needs the secret of the running app's file, comes from this computer
without a proxy between, and has no page behind it.
"""

import asyncio
import hmac
import json
import os
import stat
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard import session
from dashboard.access.rights import Role
from dashboard.jobs import running
from dashboard.jobs.current import desk
from dashboard.jobs.job import Asker, Order
from dashboard.jobs.kinds import kind_of
from dashboard.jobs.live import Chunk
from dashboard.text import Language, language_of, render
from pipelines.errors import Cap90Error

#: More than any command line that a system lets through.
_LONGEST: Final = 4 << 20
_NEAR: Final = {"127.0.0.1", "::1"}
#: What a browser or a proxy adds, and a command does not.
_FOREIGN: Final = ("origin", "sec-fetch-site", "forwarded", "x-forwarded-for", "x-real-ip", "via")
_LINES: Final = "application/x-ndjson"
_WORKSPACE: Final = "--workspace"


class HandedFile(BaseModel):
    """A file that a command names.

    Attributes:
        path: Absolute.
        size: In bytes, as the command's caller sees it; so is ``modified``, in nanoseconds.
        copy_path: A copy in the workspace's staging folder, if the app cannot read the original.
    """

    model_config = ConfigDict(extra="forbid")

    path: str
    size: int
    modified: int
    copy_path: str | None = None


class CommandLine(BaseModel):
    """A command as somebody typed it, and where.

    Attributes:
        argv: The words after ``cap90``.
        name: The words that are the command: ``import``, ``target set``.
        folder: The caller's; relative paths start there.
        user: Who typed it, as the operating system knows them.
        language: Of the caller's environment.
        files: Every file among the words.
    """

    model_config = ConfigDict(extra="forbid")

    argv: list[str]
    name: str
    folder: str
    user: str = Field(min_length=1)
    language: str = "en"
    files: list[HandedFile] = []


class Door:
    """The routes of one running app.

    Args:
        token: What a command has to know.
    """

    def __init__(self, token: str, staging: Path) -> None:
        self._token = token
        self._staging = staging
        self.routes = [
            Route(running.HELLO, self._hello, methods=["GET"]),
            Route("/local/command", self._command, methods=["POST"]),
            Route("/local/cancel", self._cancel, methods=["POST"]),
        ]

    async def _hello(self, request: Request) -> Response:
        """Prove to be the app that the file names."""
        if not _is_near(request):
            return _refused(HTTPStatus.FORBIDDEN)
        nonce = request.query_params.get("nonce", "")[:100]
        return PlainTextResponse(running.proof(self._token, nonce))

    async def _command(self, request: Request) -> Response:
        if (status := self._refusal(request)) is not None:
            return _refused(status)
        try:
            line = CommandLine.model_validate_json(await _body(request))
        except (ValidationError, ClientDisconnect, _TooLong):
            return _refused(HTTPStatus.BAD_REQUEST)
        if unread := [one.path for one in line.files if not self._is_readable(one)]:
            return JSONResponse({"unreadable": unread}, HTTPStatus.CONFLICT)
        language = language_of(session.served().workspace.settings.locale)
        loop = asyncio.get_running_loop()
        said: asyncio.Queue[Chunk] = asyncio.Queue()

        def follow(chunk: Chunk) -> None:
            loop.call_soon_threadsafe(said.put_nowait, chunk)

        try:
            job = await run_in_threadpool(desk().submit, _order(line), follow)
        except Cap90Error as error:
            problems = [f"{render(problem, language)}\n" for problem in error.problems]
            return JSONResponse({"problems": problems}, HTTPStatus.SERVICE_UNAVAILABLE)
        kept = kind_of(line.name).kept
        return StreamingResponse(_told(job.job_id, said, language, kept=kept), media_type=_LINES)

    async def _cancel(self, request: Request) -> Response:
        if (status := self._refusal(request)) is not None:
            return _refused(status)
        try:
            job_id = int(json.loads(await _body(request))["job"])
        except (ValueError, KeyError, TypeError, ClientDisconnect, _TooLong):
            return _refused(HTTPStatus.BAD_REQUEST)
        stopped = await run_in_threadpool(desk().cancel, job_id)
        return JSONResponse({"stopped": stopped})

    def _refusal(self, request: Request) -> HTTPStatus | None:
        if not _is_near(request) or any(name in request.headers for name in _FOREIGN):
            return HTTPStatus.FORBIDDEN
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            return HTTPStatus.UNAUTHORIZED
        if request.headers.get("content-type") != "application/json":
            return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        return None

    def _is_readable(self, file: HandedFile) -> bool:
        """Tell whether the app sees the file that the caller sees, or was given a copy of it."""
        if file.copy_path is not None:
            copy = Path(file.copy_path).resolve()
            return copy.is_relative_to(self._staging.resolve()) and os.access(copy, os.R_OK)
        try:
            seen = Path(file.path).stat()
        except OSError:
            return False
        same = (seen.st_size, seen.st_mtime_ns) == (file.size, file.modified)
        return same and stat.S_ISREG(seen.st_mode) and os.access(file.path, os.R_OK)


class _TooLong(Exception):  # noqa: N818 - a refusal
    """A body is longer than any command."""


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            raise _TooLong
    return bytes(body)


async def _told(
    job_id: int, said: "asyncio.Queue[Chunk]", language: Language, *, kept: bool
) -> AsyncIterator[bytes]:
    """Pass on what a job says, a line of JSON each, until it has ended.

    A job that nobody else would see ends with whoever waits for it.
    """
    over = False
    try:
        yield _line({"job": job_id, "kept": kept, "waits": desk().is_busy(job_id)})
        while not over:
            chunk = await said.get()
            over = "end" in chunk or "again" in chunk
            yield _line(
                {"progress": render(chunk["progress"], language)} if "progress" in chunk else chunk
            )
    finally:
        if not over and not kept:
            desk().cancel(job_id)


def _order(line: CommandLine) -> Order:
    return Order(
        line.name,
        _title(line.argv),
        line.model_dump(),
        Asker(line.user, Role.OWNER),
    )


def _title(argv: list[str]) -> str:
    """Return a command as people recognise it: which workspace it is for goes without saying."""
    words = ["cap90"]
    rest = iter(argv)
    for word in rest:
        if word == _WORKSPACE:
            next(rest, None)
        elif not word.startswith(f"{_WORKSPACE}="):
            words.append(word)
    return " ".join(words)


def _line(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _refused(status: HTTPStatus) -> Response:
    return PlainTextResponse(status.phrase, status, headers={"Cache-Control": "no-store"})


def _is_near(request: Request) -> bool:
    """Tell whether somebody on this very computer asks."""
    if request.client is None:
        return False
    own = (request.scope.get("server") or ("",))[0]
    return request.client.host in _NEAR or request.client.host == own
