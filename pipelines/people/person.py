"""A person: what is known, and what must be said. Pure values."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from pipelines.errors import Message, Problem, msg
from pipelines.visible import visible

#: Longer names are pasted by mistake.
MAX_NAME = 120
_MAX_ADDRESS = 254


@dataclass(frozen=True)
class OpenAction:
    """Something that a person is still to do."""

    action_id: int
    title: str
    due_on: date


@dataclass(frozen=True)
class Details:
    """What is known about a person.

    Attributes:
        name: The one the product shows; no two people share one.
    """

    name: str
    email: str | None = None
    team: str | None = None
    region: str | None = None
    business_unit: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who works or worked at the company, with a login or without.

    Attributes:
        active: False for somebody who left; what they did stays.
        version: Grows with every change; forms carry it.
        written: How files and typed numbers write them: source and name.
        joined: Names that somebody joined to them: source ("" for every source) and name.
        open_actions: What they are still to do, the earliest first.
    """

    person_id: int
    name: str
    email: str | None
    team: str | None
    region: str | None
    business_unit: str | None
    active: bool
    version: int
    written: tuple[tuple[str, str], ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    open_actions: tuple[OpenAction, ...] = ()

    @property
    def details(self) -> Details:
        """What a form shows and changes."""
        return Details(self.name, self.email, self.team, self.region, self.business_unit)


def tidy(details: Details) -> Details:
    """Return what somebody typed without line breaks, control characters and outer spaces."""
    return Details(
        one_line(details.name),
        _word(details.email),
        _word(details.team),
        _word(details.region),
        _word(details.business_unit),
    )


def problems(details: Details) -> list[Problem]:
    """Return what is wrong with tidy details; empty if nothing is."""
    found = []
    if not details.name:
        found.append(Problem(msg("The name is empty."), "name"))
    words = (details.name, details.team, details.region, details.business_unit)
    found += [
        Problem(
            msg("“{start}…” is too long: {length} characters.", start=word[:30], length=len(word)),
            hint=msg("{most} are allowed.", most=MAX_NAME),
        )
        for word in words
        if word and len(word) > MAX_NAME
    ]
    if details.email and not _is_address(details.email):
        found.append(
            Problem(
                msg("'{text}' is not an e-mail address.", text=details.email),
                hint=msg("Write it as name@company.com, or leave it out."),
            )
        )
    return found


def in_words(details: Details) -> Message:
    """Return a person on one line, to show it beside what somebody else wrote."""
    facts = (details.name, details.email, details.team, details.region, details.business_unit)
    return msg("{facts}", facts=" · ".join(fact for fact in facts if fact))


def one_line(text: str) -> str:
    """Return text on one line, composed, without control characters and outer spaces."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(part for part in re.split(r"[ \t\n]+", visible(composed)) if part)


def _word(text: str | None) -> str | None:
    return one_line(text or "") or None


def _is_address(text: str) -> bool:
    local, at, host = text.rpartition("@")
    has_parts = bool(at and local and "." in host.strip("."))
    return has_parts and " " not in text and len(text) <= _MAX_ADDRESS
