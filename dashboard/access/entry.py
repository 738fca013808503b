"""One entry of the audit trail, and how it is sealed to the one before it.

The formula, so that anybody can check a trail without this program: the hash of an entry is the
SHA-256, in hexadecimal, of the hash of the entry before it (64 zeros before the first) followed by
the canonical JSON of its fields ``actor, after, at, before, event_id, number, subject, what``.
Canonical: UTF-8, keys sorted, no spaces, letters beyond ASCII as they are; ``at`` is UTC and
written ``2026-11-21T23:05:00.123456``; ``before`` and ``after`` are objects or null.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from pipelines.journal import State

#: What the first entry is sealed to.
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Head:
    """How far a trail reaches. Whoever keeps one elsewhere can tell later whether it was cut.

    Attributes:
        number: Of the last entry; 0 for an empty trail.
        hash: Of the last entry.
    """

    number: int
    hash: str


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        number: From 1, without gaps.
        at: When it was done, in UTC.
        actor: Who did it; None: the product by itself.
        what: The kind of change, such as ``target.set``; the part before the dot is the kind of
            thing.
        subject: Which thing, such as ``target 12``.
        before: The thing as it was; None: it was not there.
        after: The thing as it is since; None: it is gone.
        hash: See the module.
        event_id: Unique for ever, in every copy.
        journal_number: Where it stands in the journal of the data; None: noted here only.
    """

    number: int
    at: datetime
    actor: str | None
    what: str
    subject: str
    before: State | None
    after: State | None
    hash: str
    event_id: str
    journal_number: int | None = None

    @property
    def kind(self) -> str:
        """The kind of thing, such as action, target or account."""
        return self.what.partition(".")[0]


def canonical(value: object) -> str:
    """Return a value as canonical JSON; days, moments and decimals become text."""
    written = json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    # half of a surrogate pair, pasted from somewhere, has no UTF-8
    return written.encode("utf-8", "replace").decode("utf-8")


def written_moment(at: datetime) -> str:
    """Return a moment in UTC, as entries write it."""
    return at.isoformat(timespec="microseconds")


def seal(previous: str, fields: Mapping[str, Any]) -> str:
    """Return the hash of an entry.

    Args:
        previous: The hash of the entry before it.
        fields: Those the formula names, by name; ``before`` and ``after`` as stored texts are
            read first, so that only their meaning counts.
    """
    sealed = {
        name: fields[name] for name in ("number", "event_id", "at", "actor", "what", "subject")
    }
    sealed |= {name: read_state(fields[name]) for name in ("before", "after")}
    return sha256((previous + canonical(sealed)).encode("utf-8")).hexdigest()


def write_state(state: State | None) -> str | None:
    """Return a state as it is stored."""
    return None if state is None else canonical(state)


def read_state(written: str | None) -> State | None:
    """Return a state that was stored."""
    return None if written is None else json.loads(written)
