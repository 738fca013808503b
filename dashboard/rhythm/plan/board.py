"""Everything the page of a plan says, as one frozen value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action, ActionEvent
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.build import action_line
from dashboard.rhythm.plan.model import Plan, PlanVersion, Priority
from dashboard.rhythm.plan.overview import (
    Load,
    PlanWeek,
    load,
    progress,
    recent_value,
    share_of_way,
    timeline,
)
from dashboard.rhythm.plan.reading import PlanOnDay, plan_numbered, plan_on
from dashboard.rhythm.plan.standing import series_of
from dashboard.rhythm.review import ActionLine
from pipelines.context import Context
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Definition
from pipelines.kpis.values import Series


@dataclass(frozen=True)
class PriorityLine:
    """A priority with how far it is.

    Attributes:
        kpi: None for those who may not see it.
        currency: ISO code for money, else None.
        now: Where the KPI stands, in its own unit; None: there are no numbers.
        share: How much of the way from its first to its last value is behind; None: unknown.
        progress: How much of its actions is done, in percent; None: it has none.
        actions: Under it, by date; those that were given up come last.
    """

    priority: Priority
    kpi: Definition | None
    currency: str | None
    now: float | None
    share: float | None
    progress: int | None
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class Board:
    """A plan on one screen.

    Attributes:
        seen_from: The day it is looked at from.
        past: Whether that is a day gone by: then nothing on it can be changed.
        own: Whether whoever looks sees only their own actions.
        priorities: Those that stand, in their order.
        others: Actions of the plan whose priority was taken out.
        weeks: Oldest first.
        load: Of everybody with open actions, inside and outside the plan, heaviest first.
        progress: How much of all its actions is done, in percent; None: it has none.
        versions: Up to that day, oldest first.
        moves: What happened to its actions for a reason, and their renames, oldest first.
        carried: Numbers of the actions that go on in another plan.
        currency: The company's.
    """

    plan: Plan
    seen_from: date
    past: bool
    own: bool
    priorities: tuple[PriorityLine, ...]
    others: tuple[ActionLine, ...]
    weeks: tuple[PlanWeek, ...]
    load: tuple[Load, ...]
    progress: int | None
    versions: tuple[PlanVersion, ...]
    moves: tuple[ActionEvent, ...]
    carried: frozenset[int]
    currency: str

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        """Every action of the plan."""
        return (*(one for line in self.priorities for one in line.actions), *self.others)


def board(
    context: Context,
    *,
    person: str | None = None,
    plan_id: int | None = None,
    on: date | None = None,
) -> Board | None:
    """Return a plan on one screen; None if there is none to see.

    Args:
        person: Whose; None for the company's.
        plan_id: Which; None for the one that holds.
        on: A day gone by, to see it as it was in the evening; None for now.
    """
    past = on is not None and on < context.today()
    day = on if past else None
    found = (
        plan_on(context, day, person=person)
        if plan_id is None
        else plan_numbered(context, plan_id, day)
    )
    if found is None or found.plan.person != person:
        return None
    return _board(context, found, day or context.today(), past=past)


def _board(context: Context, found: PlanOnDay, day: date, *, past: bool) -> Board:
    plan, calendar = found.plan, context.calendar
    keys = [one.kpi for one in plan.standing if one.kpi]
    series = series_of(context, keys, plan.person, day)
    known = catalogue(context)
    by_priority: dict[int | None, list[Action]] = {}
    for action in found.actions:
        by_priority.setdefault(action.priority_id, []).append(action)

    def lines(actions: Sequence[Action]) -> tuple[ActionLine, ...]:
        of_day = (action_line(one, day, known) for one in actions)
        return tuple(sorted(of_day, key=lambda one: (one.dropped_on is not None, one.due_on)))

    priorities = tuple(
        _line(one, by_priority.pop(one.priority_id, []), lines, series, known)
        for one in plan.standing
    )
    everybodys = list_actions(context, day if past else None)
    return Board(
        plan=plan,
        seen_from=day,
        past=past,
        own=context.actor.scope.people is not None,
        priorities=priorities,
        others=lines([one for rest in by_priority.values() for one in rest]),
        weeks=timeline(plan, found.actions, calendar, day),
        load=tuple(
            one
            for one in load(everybodys, calendar, day)
            if plan.person is None or one.person == plan.person
        ),
        progress=progress(found.actions),
        versions=found.versions,
        moves=found.moves,
        carried=found.carried,
        currency=context.workspace.settings.currency,
    )


def _line(
    priority: Priority,
    actions: Sequence[Action],
    lines: Callable[[Sequence[Action]], tuple[ActionLine, ...]],
    series: Mapping[str, Series],
    known: Mapping[str, Definition],
) -> PriorityLine:
    found = series.get(priority.kpi or "")
    now = recent_value(found.points, adds_up=found.definition.adds_up) if found else None
    way = priority.to_value
    return PriorityLine(
        priority,
        known.get(priority.kpi or ""),
        found.currency if found else None,
        now,
        None if way is None else share_of_way(priority.from_value, now, way),
        progress(actions),
        lines(actions),
    )
