"""How a command talks: results on standard output, sentences for people on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dashboard.commands.table import table
from pipelines.errors import Cap90Error, Message, Problem, msg

if TYPE_CHECKING:
    from dashboard.text import Language
    from pipelines.context import Context
    from pipelines.kpis.definition import LocalText

#: Where the environment names the reader's language, the strongest first.
_LANGUAGE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


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
            typer.echo(line)

    def document(self, document: Mapping[str, object] | list[dict[str, object]]) -> None:
        """Print the JSON document, if one was asked for; the first one is the only one."""
        if self.as_json and not self._documented:
            self._documented = True
            typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))

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
        typer.echo(line, err=True)


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
        adopt(talk, folder, locale)
        from pipelines.context import open_context

        with open_context(folder) as context:
            yield context, talk


def adopt(talk: Console, folder: Path, locale: str | None = None) -> None:
    """Speak the language of a workspace from here on, and log into it."""
    from dashboard.text import language_of
    from pipelines.settings import FILE_NAME, written_locale
    from pipelines.workspace import open_workspace

    # said first: what is wrong with the settings is told in the company's language too
    if locale is None and (written := written_locale(folder / FILE_NAME)):
        talk.language = language_of(written)
    workspace = open_workspace(folder)
    talk.log = workspace.log
    if locale is None:
        talk.language = language_of(workspace.settings.locale)


def language_of_environment(locale: str | None = None) -> Language:
    """Return the language of a locale, or of the environment (``LC_ALL``, ``LANG``) without one."""
    from dashboard.text import language_of

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
    target = log or Path(tempfile.gettempdir()) / "cap90.log"
    try:
        with target.open("a", encoding="utf-8") as stream:
            stream.write(f"{clock.now():%Y-%m-%d %H:%M:%S} {sys.argv[1:]}\n{details}\n")
    except OSError:
        hint = msg("Try again; if it happens again, tell whoever looks after Cap 90.")
    else:
        hint = msg("Details for whoever looks after Cap 90 are in {file}.", file=str(target))
    return Cap90Error.of(msg("Something went wrong that Cap 90 did not expect."), hint=hint)
