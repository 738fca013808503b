"""The audit trail: who changed what, when, before and after; only ever added to.

What concerns accounts is noted here in the transaction that changes it. What concerns the data is
noted in the journal of the data, in its own transaction, and taken over from there: after a crash
between the two it is taken over at the next start, once.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from dashboard.access.entry import (
    BEGINNING,
    Entry,
    Head,
    read_state,
    seal,
    write_state,
    written_moment,
)
from dashboard.access.sql import statement
from dashboard.access.store import AccessStore
from dashboard.access.wanted import ANYTHING, Wanted
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.folding import folded
from pipelines.journal import Change, State, changes_after

#: How many entries are read or taken over at a time.
_PIECE = 2000


@dataclass(frozen=True)
class Comparison:
    """What the trail says beside what the journal of the data says.

    Attributes:
        differs: The first entry that says other than the journal; None if there is none.
        missing: How many changes of the journal are not in the trail.
    """

    differs: int | None
    missing: int


def append(
    connection: sqlite3.Connection,
    actor: str | None,
    what: str,
    subject: str,
    *,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Add an entry, in the transaction of the change that it is about.

    Args:
        connection: As ``AccessStore.write`` hands it to its operation.
        actor: Who does it; None: the product by itself.
        before: See ``Entry``, as for the other arguments.
    """
    change = Change(0, uuid4().hex, clock.now(), actor, what, subject, before, after)
    _add(connection, [change], journal=False)


class Audit:
    """The audit trail of a workspace. Safe to use from any thread."""

    def __init__(self, store: AccessStore) -> None:
        self._store = store
        self._taking_over = threading.Lock()

    def note(self, actor: str | None, what: str, subject: str, after: State | None = None) -> None:
        """Add an entry about something that changes nothing else.

        Raises:
            StoreError: The file cannot be written.
        """
        self._store.write(partial(append, actor=actor, what=what, subject=subject, after=after))

    def take_over(self, context: Context) -> int:
        """Add the changes of the journal that the trail does not have yet; return how many.

        May be called at any time and as often as anybody likes: nothing is added twice.

        Raises:
            StoreError: One of the two databases cannot be used.
        """
        with self._taking_over:
            number, event_id = self._store.read(_last_taken_over)
            added = 0
            while True:
                changes = _changes(context, number - 1)
                if number and (not changes or changes[0].event_id != event_id):
                    # the data was set back to an earlier state: begin again, what is known stays
                    number = 0
                    changes = _changes(context, -1)
                fresh = [change for change in changes if change.event_id != event_id]
                if fresh:
                    added += self._store.write(partial(_add_new, changes=fresh))
                if len(changes) < _PIECE:
                    return added
                number, event_id = changes[-1].number, changes[-1].event_id

    def entries(
        self, wanted: Wanted = ANYTHING, *, below: int | None = None, limit: int = 50
    ) -> tuple[Entry, ...]:
        """Return entries, newest first.

        Args:
            below: Only those with a smaller number: the last one of the page before.
        """
        bound = {**wanted.bound(), "below": below, "limit": limit}
        return tuple(_entry(row) for *row, _ in self._query("audit/entries", bound))

    def count(self, wanted: Wanted = ANYTHING) -> int:
        """Return how many entries there are."""
        bound = {**wanted.bound(), "below": None, "limit": 1}
        return next((int(in_all) for *_, in_all in self._query("audit/entries", bound)), 0)

    def entry(self, number: int) -> Entry:
        """Return one entry.

        Raises:
            Refused: There is none of that number.
        """
        rows = self._query("audit/one", {"number": number})
        if not rows:
            raise Refused.of(msg("There is no entry {number} in the audit trail.", number=number))
        return _entry(rows[0])

    def actors(self) -> tuple[str, ...]:
        """Return everybody who ever changed something."""
        return tuple(name for (name,) in self._query("audit/actors", {}))

    def kinds(self) -> tuple[str, ...]:
        """Return every kind of change there was."""
        return tuple(what for (what,) in self._query("audit/kinds", {}))

    def head(self) -> Head:
        """Return how far the trail reaches; backups write it down."""
        number, found, _ = self._store.read(_newest)
        return Head(number, found)

    def verify(self, *heads: Head) -> int | None:
        """Return the number of the first entry that was tampered with; None: none was.

        Args:
            heads: As they were written down elsewhere, such as in backups: a trail that was cut
                or written anew does not reach them any more.
        """
        kept = {head.number: head.hash for head in heads if head.number}
        expected, previous = 1, BEGINNING
        for row in self._rows():
            if row["number"] != expected or not _holds(row, previous):
                return expected
            if kept.get(expected, row["hash"]) != row["hash"]:
                return expected
            expected, previous = expected + 1, row["hash"]
        _, _, given = self._store.read(_newest)
        return expected if max(given, *kept, 0) >= expected else None

    def compare(self, context: Context) -> Comparison:
        """Compare the trail with the journal of the data; before taking over, to see a gap."""
        journal = {change.event_id: change for change in _journal(context)}
        differs = None
        for row in self._rows():
            change = journal.pop(row["event_id"], None)
            if change is not None and differs is None and not _says_the_same(row, change):
                differs = int(row["number"])
        return Comparison(differs, len(journal))

    def _rows(self) -> Iterator[Mapping[str, Any]]:
        number = 0
        while rows := self._query("audit/after", {"number": number, "limit": _PIECE}):
            yield from (_named(row) for row in rows)
            number = rows[-1][0]

    def _query(self, name: str, bound: Mapping[str, object]) -> list[tuple[Any, ...]]:
        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            connection.create_function("folded", 1, folded, deterministic=True)
            return [tuple(row) for row in connection.execute(statement(name), dict(bound))]

        return self._store.read(read)


def _add_new(connection: sqlite3.Connection, changes: Sequence[Change]) -> int:
    ids = json.dumps([change.event_id for change in changes])
    rows = connection.execute(statement("audit/known_events"), {"event_ids": ids})
    known = {row[0] for row in rows}
    new = [change for change in changes if change.event_id not in known]
    _add(connection, new, journal=True)
    return len(new)


def _add(connection: sqlite3.Connection, changes: Sequence[Change], *, journal: bool) -> None:
    number, previous, given = _newest(connection)
    number = max(number, given)
    for change in changes:
        number += 1
        fields: dict[str, Any] = {
            "number": number,
            "event_id": change.event_id,
            "at": written_moment(change.at),
            "actor": None if change.actor is None else _storable(change.actor),
            "what": change.what,
            "subject": _storable(change.subject),
            "before": write_state(change.before),
            "after": write_state(change.after),
        }
        previous = seal(previous, fields)
        bound = {**fields, "hash": previous, "journal_number": change.number if journal else None}
        connection.execute(statement("audit/insert"), bound)


def _storable(words: str) -> str:
    """Return words without halves of surrogate pairs, which no file can hold."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _newest(connection: sqlite3.Connection) -> tuple[int, str, int]:
    number, found, given = connection.execute(statement("audit/newest")).fetchone()
    return number, found or BEGINNING, given


def _last_taken_over(connection: sqlite3.Connection) -> tuple[int, str]:
    row = connection.execute(statement("audit/last_taken_over")).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _changes(context: Context, number: int) -> tuple[Change, ...]:
    return context.store.read(lambda cursor: changes_after(cursor, number, _PIECE))


def _journal(context: Context) -> Iterator[Change]:
    number = 0
    while changes := _changes(context, number):
        yield from changes
        number = changes[-1].number


_COLUMNS = (
    *("number", "event_id", "journal_number", "at", "actor"),
    *("what", "subject", "before", "after", "hash"),
)


def _named(row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(_COLUMNS, row, strict=True))


def _entry(row: Sequence[Any]) -> Entry:
    fields = _named(row)
    fields["at"] = datetime.fromisoformat(fields["at"])
    fields |= {name: _readable(fields[name]) for name in ("before", "after")}
    return Entry(**fields)


def _readable(written: str | None) -> State | None:
    try:
        return read_state(written)
    except ValueError:  # somebody tampered with it: shown as it stands
        return {"text": written}


def _holds(row: Mapping[str, Any], previous: str) -> bool:
    try:
        return seal(previous, row) == str(row["hash"])
    except ValueError:  # what stands there is no JSON any more
        return False


def _says_the_same(row: Mapping[str, Any], change: Change) -> bool:
    said = (change.actor, change.what, change.subject, written_moment(change.at))
    stored = (row["actor"], row["what"], row["subject"], row["at"])
    states = [(row["before"], change.before), (row["after"], change.after)]
    return said == stored and all(written == write_state(state) for written, state in states)
