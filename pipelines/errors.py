"""Messages for people, and the one family of errors that carries them.

A message is an English template with named values. It is kept apart from its
values until somebody shows it, so that ``dashboard.text`` can look the template up
in the reader's language and format numbers and dates the way that language does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from types import MappingProxyType
from typing import Self


@dataclass(frozen=True)
class Message:
    """A sentence for a person, not yet in their language.

    Attributes:
        template: English text with ``{name}`` fields; the key of the catalogues.
        values: What goes into the fields.
        plural: English text for counts other than one, if the sentence counts.
        count: The number that chooses between ``template`` and ``plural``.
        words: The translations that it is said in, by language; None: those of the catalogues.
    """

    template: str
    values: "MappingProxyType[str, object]" = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    count: float | None = None
    words: "Mapping[str, str | tuple[str, ...]] | None" = field(default=None, compare=False)

    def __str__(self) -> str:
        """Return the English sentence with plainly formatted values (for logs and tests)."""
        template = self.plural if self.plural is not None and self.count != 1 else self.template
        return template.format(**{name: _plain(value) for name, value in self.values.items()})


def _plain(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(item) for item in value)
    return str(value)


def msg(template: str, /, **values: object) -> Message:
    """Return a message; the template must be a literal, so that it can be collected."""
    return Message(template, MappingProxyType(values))


def msg_plural(one: str, many: str, /, count: float, **values: object) -> Message:
    """Return a message that counts: ``{count}`` is available in both templates."""
    return Message(one, MappingProxyType({**values, "count": count}), many, count)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        what: What is wrong, in a sentence.
        where: The file, key, column or line, as a person would look for it; "" if everywhere.
        hint: What to do about it.
    """

    what: Message
    where: str = ""
    hint: Message | None = None

    def __str__(self) -> str:
        """Return the problem in English, on one line."""
        prefix = f"{self.where}: " if self.where else ""
        suffix = f" {self.hint}" if self.hint else ""
        return f"{prefix}{self.what}{suffix}"


class Cap90Error(Exception):
    """A refusal that a person can act on. Nothing was changed when it is raised.

    Attributes:
        problems: At least one; all that could be found at once.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems

    @classmethod
    def of(cls, what: Message, where: str = "", hint: Message | None = None) -> Self:
        """Return the error for a single problem."""
        return cls(Problem(what, where, hint))


class WorkspaceError(Cap90Error):
    """A workspace or its configuration cannot be used."""


class StoreError(Cap90Error):
    """The database cannot be opened or written."""


class WorkspaceInUse(StoreError):  # noqa: N818 - a state of things, not a failure of ours
    """Another process, or this one, holds the database already."""


class BackupError(Cap90Error):
    """A backup could not be made, or cannot be restored."""


class ImportRefused(Cap90Error):  # noqa: N818 - a refusal is what it is, not a failure of ours
    """A file cannot be taken in."""


class DefinitionError(Cap90Error):
    """KPI definitions are broken."""


class Refused(Cap90Error):  # noqa: N818 - as above
    """What somebody asked for is not possible (a choice, a target, an action)."""


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime; nothing was written.

    Attributes:
        mine: What was asked for, in words.
        theirs: The thing as it is now, in words.
        version: Its version now: whoever still wants theirs asks again with this one.
        by: Who changed it; None if nobody knows.
        at: When they did, in UTC; None if nobody knows.
    """

    def __init__(
        self,
        *problems: Problem,
        mine: Message,
        theirs: Message,
        version: int,
        by: str | None = None,
        at: datetime | None = None,
    ) -> None:
        super().__init__(*problems)
        self.mine = mine
        self.theirs = theirs
        self.version = version
        self.by = by
        self.at = at

    @classmethod
    def between(
        cls,
        mine: Message,
        theirs: Message,
        version: int,
        *,
        by: str | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Return the conflict said in usual words."""
        what = (
            msg("{author} changed this in the meantime. It now says: {now}", author=by, now=theirs)
            if by
            else msg("Somebody changed this in the meantime. It now says: {now}", now=theirs)
        )
        hint = msg("You wanted: {wish}. Nothing of it was written: look again.", wish=mine)
        problem = Problem(what, hint=hint)
        return cls(problem, mine=mine, theirs=theirs, version=version, by=by, at=at)


class AccessRefused(Cap90Error):  # noqa: N818 - as above
    """Somebody may not see or do what they asked for, or nobody knows who they are."""


def did_you_mean(word: str, known: Sequence[str]) -> Message | None:
    """Return a hint naming the nearest known word, or None if nothing is near."""
    near = get_close_matches(word, list(known), n=1)
    return msg("Did you mean '{word}'?", word=near[0]) if near else None
