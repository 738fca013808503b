"""How a command talks: results on standard output, sentences for people on standard error."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dashboard.commands.line import handed, located, typed
from dashboard.commands.remote import hand_over, user
from dashboard.commands.table import table
from dashboard.jobs import running
from pipelines.errors import Cap90Error, Message, Problem, WorkspaceInUse, msg
from pipelines.work import Stopped

if TYPE_CHECKING:
    from dashboard.text import Language
    from pipelines.context import Context
    from pipelines.kpis.definition import LocalText
    from pipelines.workspace import Workspace

#: Where the environment names the reader's language, the strongest first.
_LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
#: How long a command waits for a workspace that somebody else holds; an app that said that it is
#: closing may take longer.
_PATIENCE_SECONDS = 2.0
_CLOSING_SECONDS = 30.0
_PAUSE_SECONDS = 0.05


@dataclass
class Console:
    """The two streams of a command, in one language.

    Attributes:
        language: Of the sentences; a command sets it as soon as it knows better.
        as_json: Standard output holds one JSON document and nothing else.
        log: Where details of what nobody expected go; None before a workspace is known.
    """

    language: Language
    as_json: bool = False
    log: Path | None = None
    _documented: bool = False

    def say(self, message: Message) -> None:
        """Tell people something (standard error)."""
        self._error_line(self.phrase(message))

    def phrase(self, message: Message | Problem) -> str:
        """Return a message in the reader's language."""
        from dashboard.text import render

        return render(message, self.language)

    def reason(self, reason: Message | LocalText | None) -> str | None:
        """Return why a KPI is unavailable, None where it is not."""
        from dashboard.text import render

        return render(reason, self.language) if reason else None

    def table(
        self, headings: Sequence[Message], rows: Sequence[Sequence[str]], *, right: str = ""
    ) -> None:
        """Print a table; see ``dashboard.commands.table``."""
        for line in table([self.phrase(heading) for heading in headings], rows, right=right):
            self.print(line)

    def number(self, number: int) -> str:
        """Return a count as the reader's language writes it."""
        return self.phrase(msg("{number}", number=number))

    def print(self, line: str) -> None:
        """Print a line of the result; with ``--json`` the document says it all."""
        if not self.as_json:
            _write(line)

    def document(self, document: Mapping[str, object] | list[dict[str, object]]) -> None:
        """Print the JSON document, if one was asked for; the first one is the only one."""
        if self.as_json and not self._documented:
            self._documented = True
            _write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))

    def refuse(self, error: Cap90Error) -> None:
        """Say every problem of a refusal."""
        for problem in error.problems:
            self._error_line(self.phrase(problem))

    def refused_document(self, error: Cap90Error) -> list[dict[str, str]]:
        """Return the problems of a refusal as a script reads them."""
        return [
            {
                "what": self.phrase(problem.what),
                "where": problem.where,
                "hint": self.phrase(problem.hint) if problem.hint else "",
            }
            for problem in error.problems
        ]

    @staticmethod
    def _error_line(line: str) -> None:
        _write(line, err=True)

    @staticmethod
    def at(path: Path) -> Path:
        """Return where a path leads that somebody typed: relative ones start in their folder."""
        return located(path)


def _write(line: str, *, err: bool = False) -> None:
    """Write a line where whoever typed the command reads it."""
    if hands := handed.get():
        (hands.err if err else hands.out)(f"{line}\n")
    else:
        typer.echo(line, err=err)


@contextmanager
def console(*, as_json: bool = False, locale: str | None = None) -> Iterator[Console]:
    """Run a command's body: refusals become sentences and exit code 1, never a traceback.

    Args:
        as_json: Print one JSON document, also for a refusal.
        locale: The reader's language, if the command line names it; else the environment's.
    """
    talk = Console(language_of_environment(locale), as_json)
    try:
        yield talk
    except (typer.Exit, typer.Abort):
        raise
    except Cap90Error as error:
        if handed.get() and isinstance(error, Stopped):
            raise  # whoever stopped the job knows what is to be said
        talk.refuse(error)
        talk.document({"problems": talk.refused_document(error)})
        raise typer.Exit(1) from None
    except Exception as error:  # noqa: BLE001 - the last stop before a traceback
        problem = _unexpected(error, talk.log)
        talk.refuse(problem)
        talk.document({"problems": talk.refused_document(problem)})
        raise typer.Exit(1) from None


@contextmanager
def opened(
    folder: Path, *, as_json: bool = False, locale: str | None = None
) -> Iterator[tuple[Context, Console]]:
    """Run a command's body on an opened workspace, in the workspace's language.

    Args:
        folder: The workspace.
        as_json: As for ``console``.
        locale: A language that this command was asked to speak instead.
    """
    with console(as_json=as_json, locale=locale) as talk:
        if handed.get():
            from dashboard import session

            # the app holds the workspace already, and knows in whose name this is done
            context = session.current()
            _speak_as(talk, context.workspace, locale)
            yield context, talk
        else:
            with _opened_here(folder, talk, locale) as context:
                yield context, talk


@contextmanager
def opened_to_serve(folder: Path) -> Iterator[tuple[Context, Console]]:
    """Open a workspace for an app, which works in nobody's name until it knows who is there."""
    with console() as talk:
        adopt(talk, folder)
        refuse_second(folder)
        from pipelines.context import open_context

        with open_context(folder) as context:
            yield context, talk


def refuse_second(folder: Path) -> None:
    """Make sure that no app serves a workspace yet.

    Raises:
        WorkspaceInUse: One does; with its address.
    """
    found = running.find(folder)
    if found is not None:
        raise WorkspaceInUse.of(
            msg("Cap 90 is open already, at {address}.", address=found.address),
            where=str(folder),
            hint=msg("Open that address in your browser, or close that Cap 90 first."),
        )


@contextmanager
def _opened_here(folder: Path, talk: Console, locale: str | None) -> Iterator[Context]:
    """Open a workspace in this process, in the name of whoever types."""
    line = typed()
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        if line is not None and hand_over(folder, line, talk):
            end = time.monotonic() + _CLOSING_SECONDS
        adopt(talk, folder, locale)
        from dashboard import session
        from dashboard.access.rights import Role
        from dashboard.access.visitor import Visitor
        from dashboard.jobs.kinds import kind_of
        from pipelines.context import open_context

        try:
            context = open_context(folder)
            break
        except WorkspaceInUse:
            # an app that is just opening or closing
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)
    visitor = Visitor(user(), Role.OWNER)
    with context, session.acting_as(visitor):
        if line is not None:
            visitor.require(kind_of(line.name).needs)
        yield context.by(visitor.actor(context.workspace.settings))


def adopt(talk: Console, folder: Path, locale: str | None = None) -> None:
    """Speak the language of a workspace from here on, and log into it."""
    from dashboard.text import language_of
    from pipelines.settings import FILE_NAME, written_locale
    from pipelines.workspace import open_workspace

    # said first: what is wrong with the settings is told in the company's language too
    if locale is None and (written := written_locale(folder / FILE_NAME)):
        talk.language = language_of(written)
    _speak_as(talk, open_workspace(folder), locale)


def _speak_as(talk: Console, workspace: Workspace, locale: str | None) -> None:
    from dashboard.text import language_of

    talk.log = workspace.log
    if locale is None:
        talk.language = language_of(workspace.settings.locale)


def language_of_environment(locale: str | None = None) -> Language:
    """Return the language of a locale, or of the environment (``LC_ALL``, ``LANG``) without one."""
    from dashboard.text import language_of

    if hands := handed.get():
        return language_of(locale or hands.language)
    found = (os.environ.get(name) for name in _LANGUAGE_VARIABLES)
    named = locale or next((value for value in found if value), "en")
    return language_of(named.partition(".")[0])


def _plain(value: object) -> str | float:
    """Return what JSON has no word for: days as 2026-11-21, decimals as numbers."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _unexpected(error: Exception, log: Path | None) -> Cap90Error:
    """Write down what happened and return it as a sentence."""
    import tempfile
    import traceback

    from pipelines import clock

    details = "".join(traceback.format_exception(error))
    line = typed()
    words = list(line.argv) if line else sys.argv[1:]
    target = log or Path(tempfile.gettempdir()) / "cap90.log"
    try:
        with target.open("a", encoding="utf-8") as stream:
            stream.write(f"{clock.now():%Y-%m-%d %H:%M:%S} {words}\n{details}\n")
    except OSError:
        hint = msg("Try again; if it happens again, tell whoever looks after Cap 90.")
    else:
        hint = msg("Details for whoever looks after Cap 90 are in {file}.", file=str(target))
    return Cap90Error.of(msg("Something went wrong that Cap 90 did not expect."), hint=hint)
