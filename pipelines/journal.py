"""What changed, written down in the transaction that changed it.

The journal travels with the data; the audit trail is made from it, entry by entry, in a file that
no statement about sales can reach.
"""

import json
from collections.abc import Mapping, Sequence
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

    # ``action 12``: title, owner, due_on, kpi, created_on, done_on, version, priority_id, estimate in
    # percent, effect, lag_weeks, dropped_on, decision_id, carried_from
    ACTION_ADDED = "action.added"
    ACTION_DONE = "action.done"
    ACTION_REOPENED = "action.reopened"
    ACTION_MOVED = "action.moved"
    ACTION_ASSIGNED = "action.assigned"
    ACTION_RENAMED = "action.renamed"
    ACTION_LINKED = "action.linked"
    ACTION_PROGRESSED = "action.progressed"
    ACTION_PLACED = "action.placed"
    ACTION_EXPECTED = "action.expected"
    ACTION_DROPPED = "action.dropped"
    ACTION_CARRIED = "action.carried"
    ACTION_TAKEN_UP = "action.taken_up"
    # ``action 12``: title, text
    ACTION_COMMENTED = "action.commented"
    # ``request 4``, for another date of an action: action_id, title, asked_by, asked_on, due_on,
    # reason, answered_by, answered_on, granted, answer, version
    REQUEST_ASKED = "request.asked"
    REQUEST_GRANTED = "request.granted"
    REQUEST_DECLINED = "request.declined"
    REQUEST_CARRIED = "request.carried"
    # ``plan 3``: person, starts_on, ends_on, plan_status, carried_from, priorities with title, kpi,
    # from_value and to_value, terms, version, and the reason where one was given
    PLAN_DRAFTED = "plan.drafted"
    PLAN_SCOPE = "plan.scope"
    PLAN_DATES = "plan.dates"
    PLAN_TERMS = "plan.terms"
    PLAN_ADOPTED = "plan.adopted"
    PLAN_CLOSED = "plan.closed"
    # ``one_to_one 5``: person, held_on, gaps, help_asked, agreed, version
    ONE_TO_ONE_HELD = "one_to_one.held"
    ONE_TO_ONE_CHANGED = "one_to_one.changed"
    # ``target 7``: key, owner, value, max_value, at_most, per, valid_from, valid_to, reason;
    # before: the target for the same KPI and person that held on the first day
    TARGET_SET = "target.set"
    TARGET_TAKEN_BACK = "target.taken_back"
    # ``choice``: kpis, a list of key and responsible in their order; valid_from where it begins later
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
    # ``meeting 4``: kind, purpose, held_on, chair, status
    MEETING_PLANNED = "meeting.planned"
    MEETING_CHANGED = "meeting.changed"
    MEETING_STARTED = "meeting.started"
    MEETING_CLOSED = "meeting.closed"
    # ``meeting 4``: kind ("minutes" or "preread"), server and file: how many letters went which way
    MEETING_SENT = "meeting.sent"
    # ``blocker 3``: title, kpi, action_id, status, parked_until, forum, version
    BLOCKER_RAISED = "blocker.raised"
    BLOCKER_PARKED = "blocker.parked"
    BLOCKER_WORKED = "blocker.worked"
    BLOCKER_DROPPED = "blocker.dropped"
    # ``win 5``: text, person, version
    WIN_TAKEN_BACK = "win.taken_back"
    # ``decision 2``: text, owner, due_on, blocker_id, action_id, version
    DECISION_TAKEN = "decision.taken"
    DECISION_REWORDED = "decision.reworded"
    # ``gap 4 sales_won``, the number being the meeting's: key, response, reason, title, owner and
    # due_on of the action, value, max_value, at_most, per and valid_from of the target, version
    GAP_DECIDED = "gap.decided"
    # ``verdict 4 kpi sales_won``, the number being the meeting's: about, way, reason, change,
    # decided_by, version
    VERDICT_DECIDED = "verdict.decided"
    VERDICT_TAKEN_BACK = "verdict.taken_back"
    # ``next_quarter 4``, the number being the meeting's: starts_on, ends_on, kpis, priorities with
    # title, kpi, from_value and to_value, version
    NEXT_QUARTER_CHANGED = "next_quarter.changed"
    NEXT_QUARTER_ADOPTED = "next_quarter.adopted"
    # ``pact 3``: trigger, terms, decision, reflex, written_on, ended_on, version
    PACT_WRITTEN = "pact.written"
    PACT_CHANGED = "pact.changed"
    PACT_ENDED = "pact.ended"
    # ``pact_event 4``: pact, fired_on, subject, decision, reflex, was_kept, note, answered_by,
    # answered_on, version
    PACT_FIRED = "pact_event.fired"
    PACT_ANSWERED = "pact_event.answered"
    # ``experiment 2``: title, hypothesis, kpi, owner, starts_on, effect, lag_weeks, ended_on,
    # outcome, conclusion, practice_id, version
    EXPERIMENT_STARTED = "experiment.started"
    EXPERIMENT_CHANGED = "experiment.changed"
    EXPERIMENT_ENDED = "experiment.ended"
    # ``practice 5``: title, text, person, origin, added_on, version
    PRACTICE_ADDED = "practice.added"
    PRACTICE_CHANGED = "practice.changed"


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
    return tuple(map(_change, rows))


def changes_about(cursor: Cursor, subject: str) -> tuple[Change, ...]:
    """Return the changes of one thing, oldest first."""
    rows = cursor.execute(statement("journal/about"), {"subject": subject}).fetchall()
    return tuple(map(_change, rows))


def count_of(cursor: Cursor, what: What) -> int:
    """Return how many changes of a kind there were: a number that only grows."""
    rows = cursor.execute(statement("journal/count_of"), {"what": what.value}).fetchall()
    return int(rows[0][0])


def newest(cursor: Cursor) -> int:
    """Return the number of the last change, 0 before the first."""
    return int(cursor.execute(statement("journal/newest")).fetchall()[0][0])


def newest_about(cursor: Cursor, kinds: Sequence[str]) -> int:
    """Return the number of the last change of some kinds of things, 0 before the first.

    Args:
        kinds: What stands before the dot of ``What``.
    """
    values = {"kinds": list(kinds)}
    return int(cursor.execute(statement("journal/newest_about"), values).fetchall()[0][0])


def _change(row: Sequence[Any]) -> Change:
    number, event_id, at, actor, what, subject, before, after = row
    return Change(number, event_id, at, actor, what, subject, _read(before), _read(after))


def _written(state: State | None) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False, default=str)


def _read(written: str | None) -> State | None:
    return None if written is None else json.loads(written)
