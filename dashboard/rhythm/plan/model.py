"""What a plan of 90 days is. Pure values."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dashboard.rhythm.plan.terms import PersonalTerms, terms_from

#: With more priorities none is one.
MOST_PRIORITIES = 3
#: A plan's length where nobody said otherwise, its first and last day included.
USUAL_DAYS = 90


class PlanStatus(StrEnum):
    """How far a plan is."""

    DRAFT = "draft"
    ADOPTED = "adopted"
    CLOSED = "closed"


class ChangeKind(StrEnum):
    """What can happen to a plan."""

    DRAFTED = "drafted"
    SCOPE = "scope"  # its priorities
    DATES = "dates"
    TERMS = "terms"
    ADOPTED = "adopted"
    CLOSED = "closed"


@dataclass(frozen=True)
class Priority:
    """One of the three things a plan is about.

    Attributes:
        position: 1 to 3 among those that stand.
        kpi: Key of the KPI it moves; None for those who may not see that KPI.
        from_value: Where the KPI stood, week by week, in its own unit; None: nobody knows.
        to_value: Where it should be at the end; None with ``kpi``.
        carried_from: The priority of the plan before that it continues.
        dropped_on: The day it was taken out; None: it stands.
    """

    priority_id: int
    position: int
    title: str
    kpi: str | None
    from_value: float | None
    to_value: float | None
    carried_from: int | None = None
    dropped_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """A plan, the company's or one person's.

    Attributes:
        person: None: the company's.
        ends_on: The last day.
        carried_from: The plan before it.
        terms: What a person's plan agrees on; None for the company's.
        priorities: In their order; those that were taken out come after those that stand.
        version: 1 when drafted, one more with every change.
    """

    plan_id: int
    person: str | None
    starts_on: date
    ends_on: date
    status: PlanStatus
    carried_from: int | None
    terms: PersonalTerms | None
    priorities: tuple[Priority, ...]
    version: int

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def standing(self) -> tuple[Priority, ...]:
        """The priorities that were not taken out, in their order."""
        return tuple(one for one in self.priorities if one.dropped_on is None)


@dataclass(frozen=True)
class NewPriority:
    """A priority as somebody wants it.

    Attributes:
        from_value: None: nobody knows where the KPI stands.
        to_value: None is what an empty field gives.
    """

    title: str
    kpi: str | None
    from_value: float | None
    to_value: float | None


@dataclass(frozen=True)
class PlanVersion:
    """A plan as it was after a change.

    Attributes:
        happened_on: The day at the company.
        happened_at: The moment, in UTC.
        author: None: the product by itself.
        reason: Given for every change of an adopted plan's scope or dates.
    """

    plan: Plan
    version: int
    happened_on: date
    happened_at: datetime
    author: str | None
    kind: ChangeKind
    reason: str | None


def state_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as ``plan_versions`` keeps it: all of it but its number, person and version."""
    state = asdict(plan)
    for name in ("plan_id", "person", "version"):
        del state[name]
    return state


def from_state(plan_id: int, person: str | None, version: int, state: dict[str, Any]) -> Plan:
    """Return a plan as it was; the inverse of ``state_of``, read from JSON."""
    return Plan(
        plan_id=plan_id,
        person=person,
        starts_on=date.fromisoformat(state["starts_on"]),
        ends_on=date.fromisoformat(state["ends_on"]),
        status=PlanStatus(state["status"]),
        carried_from=state["carried_from"],
        terms=terms_from(state["terms"]),
        priorities=tuple(_priority(one) for one in state["priorities"]),
        version=version,
    )


def in_order(plan: Plan) -> Plan:
    """Return a plan with its priorities in their order and numbered anew."""
    standing = sorted(plan.standing, key=lambda one: one.position)
    renumbered = [replace(one, position=position) for position, one in enumerate(standing, start=1)]
    gone = (one for one in plan.priorities if one.dropped_on is not None)
    return replace(plan, priorities=(*renumbered, *gone))


def _priority(state: dict[str, Any]) -> Priority:
    dropped_on = state["dropped_on"]
    day = date.fromisoformat(dropped_on) if dropped_on else None
    return Priority(**{**state, "dropped_on": day})
