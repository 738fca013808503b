"""What changed, written down in the transaction that changed it.

The journal travels with the data; the audit trail is made from it, entry by entry, in a file that
no statement about sales can reach.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from pipelines import clock
from pipelines.actor import Actor
from pipelines.sql import statement
from pipelines.store import Cursor


class What(StrEnum):
    """The kinds of change there are, with the subject and the state of each.

    A state holds all fields of the thing, days as 2026-11-21, so that a former value can be
    restored through the function that changes it.
    """

    # ``action 12``: title, owner, due_on, kpi, created_on, done_on, version
    ACTION_ADDED = "action.added"
    ACTION_DONE = "action.done"
    ACTION_REOPENED = "action.reopened"
    ACTION_MOVED = "action.moved"
    ACTION_ASSIGNED = "action.assigned"
    ACTION_RENAMED = "action.renamed"
    ACTION_LINKED = "action.linked"
    # ``target 7``: key, owner, value, max_value, at_most, per, valid_from, valid_to, reason;
    # before: the target for the same KPI and person that held on the first day
    TARGET_SET = "target.set"
    # ``choice``: kpis, a list of key and responsible in their order
    CHOICE_CHOSEN = "choice.chosen"
    # ``entry sales_calls 2026-W46``, with the person's name behind it if it is one's: key, grain,
    # start, owner, value, numerator, denominator, note
    ENTRY_TYPED = "entry.typed"
    # ``kpi sales_calls``: key, name, kind, unit, better, aggregate, confidential, complete
    KPI_ADDED = "kpi.added"
    KPI_COMPLETED = "kpi.completed"
    # ``limits sales_won week``: start, end, reason, locked_on; before: the baseline until then
    LIMITS_LOCKED = "limits.locked"
    # ``import 3``: file, source, entity, coverage, rows_read, added, changed, unchanged, rejected
    IMPORT_DONE = "import.done"
    # ``person 5``: name, email, team, region, business_unit, active, version
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"
    PERSON_LEFT = "person.left"
    PERSON_RETURNED = "person.returned"
    # ``settings``: what was changed, by key of ``cap90.toml``, such as ``mail.host``
    SETTINGS_CHANGED = "settings.changed"
    # ``person 5``: written, source, name
    PERSON_JOINED = "person.joined"
    PERSON_SEPARATED = "person.separated"
    # ``person 5``: name, other_name
    PERSON_TOLD_APART = "person.told_apart"


#: What is written about a thing before or after a change: by field, as JSON can hold it.
State = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes:
        number: Grows with every change of a workspace.
        event_id: Unique for ever, in every copy.
        at: UTC.
        actor: Who did it; None: the product by itself.
        what: The kind of change, such as ``target.set``; the part before the dot is the kind of
            thing.
        subject: Which thing, such as ``target 12``: a key or a number, never a sentence.
        before: The thing as it was; None: it was not there.
        after: The thing as it is now; None: it is gone.
    """

    number: int
    event_id: str
    at: datetime
    actor: str | None
    what: str
    subject: str
    before: State | None
    after: State | None


def note(
    cursor: Cursor,
    actor: Actor,
    what: str,
    subject: str,
    *,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Write a change down, in the transaction of the cursor.

    Args:
        before: See ``Change``; days and decimals become text.
    """
    cursor.execute(
        statement("journal/insert"),
        {
            "event_id": uuid4().hex,
            "changed_at": clock.now(),
            "actor": actor.name,
            "what": what,
            "subject": subject,
            "before": _written(before),
            "after": _written(after),
        },
    )


def changes_after(cursor: Cursor, number: int, limit: int = 1000) -> tuple[Change, ...]:
    """Return the changes that follow a number, oldest first."""
    rows = cursor.execute(statement("journal/after"), {"number": number, "limit": limit}).fetchall()
    return tuple(
        Change(number, event_id, at, actor, what, subject, _read(before), _read(after))
        for number, event_id, at, actor, what, subject, before, after in rows
    )


def newest(cursor: Cursor) -> int:
    """Return the number of the last change, 0 before the first."""
    return int(cursor.execute(statement("journal/newest")).fetchall()[0][0])


def _written(state: State | None) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False, default=str)


def _read(written: str | None) -> State | None:
    return None if written is None else json.loads(written)
