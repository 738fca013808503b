"""Hand a command over to the app that serves the workspace, and pass on what it says."""

from __future__ import annotations

import contextlib
import getpass
import http.client
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import typer

from dashboard.jobs import running
from pipelines.errors import Cap90Error, msg

if TYPE_CHECKING:
    from dashboard.commands.console import Console
    from dashboard.commands.line import Line
    from dashboard.jobs.running import Running

_HEADERS = {"Content-Type": "application/json"}
#: As the shell counts a command that Ctrl+C ended.
_INTERRUPTED = 130
#: A line of JSON is never longer than this; nothing of ours is nearly as long.
_LONGEST = 64 << 20


@dataclass
class _Heard:
    """What was heard of a job so far."""

    job: int | None = None
    kept: bool = False
    spoke: bool = False
    interrupted: bool = False
    progress: bool = field(default=False)


def hand_over(folder: Path, line: Line, talk: Console) -> bool:
    """Have the running app do a command, if there is one; then the command ends here.

    Returns:
        Whether there was an app that did not begin, because it is closing.

    Raises:
        Exit: The app did it; with its exit code.
        Cap90Error: The app stopped before it said how it ended.
    """
    found = running.find(folder)
    if found is None:
        return False
    request, copies = _request(line, talk), dict[str, str]()
    with contextlib.ExitStack() as stack:
        while True:
            connection = stack.enter_context(contextlib.closing(found.connect()))
            try:
                connection.request("POST", "/local/command", json.dumps(request), _headers(found))
                answer = connection.getresponse()
            except (OSError, http.client.HTTPException):
                return True  # it has just closed; whoever calls looks again
            if answer.status != HTTPStatus.CONFLICT or copies:
                break
            copies = stack.enter_context(_copied(folder, json.loads(answer.read())["unreadable"]))
            for one in request["files"]:
                one["copy_path"] = copies.get(one["path"])
        if answer.status == HTTPStatus.OK:
            code = _listen(found, answer, talk)
            if code is None:
                return True
            raise typer.Exit(code)
        return _not_taken(answer, talk)


def user() -> str:
    """Return who types, as the operating system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without an entry
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def _request(line: Line, talk: Console) -> dict[str, Any]:
    folder = Path.cwd()
    return {
        "argv": list(line.argv),
        "name": line.name,
        "folder": str(folder),
        "user": user(),
        "language": talk.language,
        "files": list(_files(line.argv, folder)),
    }


def _files(argv: tuple[str, ...], folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every word that is a file, as the caller sees it."""
    for word in argv:
        named = word.partition("=")[2] if word.startswith("--") else word
        path = folder / named
        with contextlib.suppress(OSError, ValueError):
            if named and path.is_file():
                seen = path.stat()
                yield {"path": str(path), "size": seen.st_size, "modified": seen.st_mtime_ns}


def _headers(found: Running) -> dict[str, str]:
    return {**_HEADERS, "Authorization": f"Bearer {found.token}"}


@contextlib.contextmanager
def _copied(folder: Path, paths: list[str]) -> Iterator[dict[str, str]]:
    """Put copies where the app can read them, for as long as it works."""
    staging = folder.resolve() / "staging"
    with tempfile.TemporaryDirectory(prefix="handed-", dir=staging) as name:
        copies = {}
        for number, path in enumerate(paths):
            place = Path(name) / str(number) / Path(path).name
            place.parent.mkdir()
            shutil.copyfile(path, place)
            copies[path] = str(place)
        if hasattr(os, "chown"):
            owner = staging.stat()
            for made in (Path(name), *Path(name).rglob("*")):
                with contextlib.suppress(OSError):
                    os.chown(made, owner.st_uid, owner.st_gid)
        yield copies


def _not_taken(answer: http.client.HTTPResponse, talk: Console) -> bool:
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return True
    talk.log = None
    raise Cap90Error.of(
        msg("The Cap 90 that is open did not take this command (code {code}).", code=answer.status),
        hint=msg("Close it and open it again, then try once more."),
    )


def _listen(found: Running, answer: http.client.HTTPResponse, talk: Console) -> int | None:
    """Pass on what a job says; return its exit code, None if nothing was done.

    Ctrl+C asks the app to stop the job, and then hears it out; a second one leaves at once.
    """
    heard, lines = _Heard(), SimpleQueue[dict[str, Any] | None]()
    threading.Thread(target=_read, args=(answer, lines), daemon=True).start()
    while True:
        try:
            said = lines.get()
            if said is None:
                return _broken_off(heard)
            if "end" in said:
                _wipe(heard)
                code = int(said["end"])
                return _INTERRUPTED if heard.interrupted and code else code
            if "again" in said:
                _wipe(heard)
                return None
            if _pass_on(said, heard, talk) and heard.interrupted:
                _cancel(found, heard)
        except KeyboardInterrupt:
            if heard.interrupted:
                raise
            heard.interrupted = True
            _cancel(found, heard)


def _broken_off(heard: _Heard) -> int | None:
    """Return what follows from an answer without an end; None if nothing was done."""
    _wipe(heard)
    if heard.interrupted:
        return _INTERRUPTED
    if not (heard.kept or heard.spoke):
        return None
    raise Cap90Error.of(
        msg("The Cap 90 that is open stopped before it said how this ended."),
        hint=msg("Open it again: its page of jobs says what became of it."),
    )


def _read(answer: http.client.HTTPResponse, heard: SimpleQueue[dict[str, Any] | None]) -> None:
    """Put every line of an answer into a queue, and nothing at its end.

    In a thread of its own: Ctrl+C in the middle of a line would lose the rest of it.
    """
    # the last one is what a connection raises that is closed while somebody reads it
    broken = (OSError, ValueError, http.client.HTTPException, AttributeError)
    with contextlib.suppress(*broken):
        while line := answer.readline(_LONGEST):
            said = json.loads(line)
            heard.put(said)
            if "end" in said or "again" in said:
                return
    heard.put(None)


def _pass_on(said: dict[str, Any], heard: _Heard, talk: Console) -> bool:
    """Show what was said; return whether it was the number of the job, which comes first."""
    if "job" in said:
        heard.job, heard.kept = said["job"], said["kept"]
        if said["waits"] and sys.stderr.isatty():
            talk.say(msg("Cap 90 is busy with another job; this one comes next."))
    elif "progress" in said:
        if sys.stderr.isatty():
            typer.echo(f"\r\x1b[K{said['progress']} …", nl=False, err=True)
            heard.progress = True
    else:
        heard.spoke = True
        _wipe(heard)
        typer.echo(said.get("out", said.get("err")), nl=False, err="err" in said)
    return "job" in said


def _wipe(heard: _Heard) -> None:
    if heard.progress:
        typer.echo("\r\x1b[K", nl=False, err=True)
        heard.progress = False


def _cancel(found: Running, heard: _Heard) -> None:
    if heard.job is None:
        return
    connection = found.connect(5)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("POST", "/local/cancel", json.dumps({"job": heard.job}), _headers(found))
        connection.getresponse().read()
