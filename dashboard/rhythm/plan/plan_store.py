"""Plans in the store: each function is one step of somebody's transaction."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

from dashboard.rhythm.plan.model import (
    ChangeKind,
    Plan,
    PlanStatus,
    PlanVersion,
    Priority,
    from_state,
    state_of,
)
from dashboard.rhythm.plan.terms import terms_from
from pipelines.errors import Refused, msg
from pipelines.people.names import names_at
from pipelines.sql import statement
from pipelines.store import Cursor


def read_plans(cursor: Cursor) -> tuple[Plan, ...]:
    """Return every plan as it is now, oldest first, people under the names the product shows."""
    priorities: dict[int, list[Priority]] = {}
    for plan_id, *row in cursor.execute(statement("plan/priorities")).fetchall():
        priorities.setdefault(plan_id, []).append(Priority(*row))
    names = names_at(cursor)
    return tuple(
        Plan(
            plan_id,
            names.shown(person) if person else None,
            starts_on,
            ends_on,
            PlanStatus(status),
            carried_from,
            terms_from(json.loads(terms)) if terms else None,
            tuple(priorities.get(plan_id, ())),
            version,
        )
        for (
            plan_id,
            person,
            starts_on,
            ends_on,
            status,
            carried_from,
            terms,
            version,
        ) in cursor.execute(statement("plan/plans")).fetchall()
    )


def read_plan(cursor: Cursor, plan_id: int, sees: Callable[[str | None], bool]) -> Plan:
    """Return one plan.

    Args:
        sees: Tells whether whoever asks may see the plan of a person.

    Raises:
        Refused: There is none of that number, or it is somebody else's: nobody can tell which.
    """
    for plan in read_plans(cursor):
        if plan.plan_id == plan_id and (plan.person is None or sees(plan.person)):
            return plan
    raise Refused.of(msg("There is no plan {number}.", number=str(plan_id)))


def next_plan_id(cursor: Cursor) -> int:
    """Return the number of the next plan."""
    return _number(cursor, "plan/next_id")


def next_priority_id(cursor: Cursor) -> int:
    """Return the number of the next priority."""
    return _number(cursor, "plan/next_priority_id")


def insert(cursor: Cursor, plan: Plan) -> None:
    """Write a new plan with its priorities."""
    cursor.execute(
        statement("plan/insert"),
        {**_row(plan), "person": plan.person, "carried_from": plan.carried_from},
    )
    _put(cursor, plan.plan_id, plan.priorities)


def update(cursor: Cursor, plan: Plan, before: Plan) -> None:
    """Write a changed plan, and those of its priorities that changed."""
    cursor.execute(statement("plan/update"), _row(plan))
    _put(cursor, plan.plan_id, (one for one in plan.priorities if one not in before.priorities))


def record(cursor: Cursor, version: PlanVersion) -> None:
    """Write what a plan is after a change."""
    cursor.execute(
        statement("plan/insert_version"),
        {
            "plan_id": version.plan.plan_id,
            "version": version.version,
            "happened_on": version.happened_on,
            "happened_at": version.happened_at,
            "author": version.author,
            "kind": version.kind,
            "reason": version.reason,
            "state": json.dumps(state_of(version.plan), ensure_ascii=False, default=str),
        },
    )


def read_versions(cursor: Cursor) -> tuple[PlanVersion, ...]:
    """Return what every plan was after each change, oldest first for each."""
    names = names_at(cursor)
    found = []
    for row in cursor.execute(statement("plan/versions")).fetchall():
        plan_id, person, version, day, moment, author, kind, reason, state = row
        plan = from_state(plan_id, names.shown(person) if person else None, version, _json(state))
        shown = names.shown(author) if author else None
        found.append(PlanVersion(plan, version, day, moment, shown, ChangeKind(kind), reason))
    return tuple(found)


def with_numbers(cursor: Cursor, plan: Plan) -> Plan:
    """Return a plan whose new priorities, numbered 0, have their own numbers."""
    following = next_priority_id(cursor)
    numbered = []
    for one in plan.priorities:
        if one.priority_id:
            numbered.append(one)
        else:
            numbered.append(replace(one, priority_id=following))
            following += 1
    return replace(plan, priorities=tuple(numbered))


def _put(cursor: Cursor, plan_id: int, priorities: Iterable[Priority]) -> None:
    for one in priorities:
        cursor.execute(statement("plan/put_priority"), {**asdict(one), "plan_id": plan_id})


def _row(plan: Plan) -> dict[str, Any]:
    terms = asdict(plan.terms) if plan.terms else None
    return {
        "plan_id": plan.plan_id,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "status": plan.status,
        "terms": json.dumps(terms, ensure_ascii=False) if terms else None,
        "version": plan.version,
    }


def _json(written: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written)
    return found


def _number(cursor: Cursor, name: str) -> int:
    return int(cursor.execute(statement(name)).fetchall()[0][0])
