"""The command line as it was typed, and the hands it is in: this terminal, or a running app.

An app runs commands of several people at once in its own process: there, words, streams and folder
belong to the thread that runs a command, never to the process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.core import TyperGroup


@dataclass(frozen=True)
class Line:
    """What somebody typed.

    Attributes:
        argv: The words after ``cap90``.
        group: All the commands there are.
    """

    argv: tuple[str, ...]
    group: TyperGroup

    @property
    def name(self) -> str:
        """The words that are the command: ``import``, ``target set``."""
        words, found = [], self.group
        for word in self.argv:
            command = found.commands.get(word)
            if command is None:
                break
            words.append(word)
            if not isinstance(command, TyperGroup):
                break
            found = command
        return " ".join(words)


@dataclass(frozen=True)
class Handed:
    """Where a command works that another process was asked to do.

    Attributes:
        out: Takes what standard output would get; ``err`` likewise.
        folder: Relative paths start here.
        language: As the environment names it.
        copies: Where the bytes of a file lie that only the other process can read, by its path.
    """

    out: Callable[[str], None]
    err: Callable[[str], None]
    folder: Path
    language: str
    copies: Mapping[str, str] = field(default_factory=dict)


_typed: ContextVar[Line | None] = ContextVar("typed", default=None)
#: Set by whoever runs a command that was handed over.
handed: ContextVar[Handed | None] = ContextVar("handed", default=None)


def typed() -> Line | None:
    """Return what was typed; None where no command line was read."""
    return _typed.get()


def located(path: Path) -> Path:
    """Return where a path leads that somebody typed."""
    hands = handed.get()
    absolute = (hands.folder if hands else Path.cwd()) / path
    return Path(hands.copies.get(str(absolute), absolute)) if hands else absolute


class Commands(TyperGroup):
    """All commands; it remembers the line that is being read."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a line, as every group does."""
        _typed.set(Line(tuple(args), self))
        return super().parse_args(ctx, args)
