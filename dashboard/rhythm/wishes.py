"""What people wish for an action, one wish a field; ``gesture`` carries them out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.rhythm import action_store
from dashboard.rhythm.action import (
    Action,
    EventKind,
    expectation,
    expectation_problems,
    one_line,
    owner_problems,
    reason_problems,
    title_problems,
    written_day,
)
from dashboard.rhythm.gesture import Gesture
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue, unknown_key


def moved(due_on: date | None, reason: str) -> Gesture:
    """Wish for another date.

    Raises:
        Refused: The date or the reason is missing.
    """
    reason = one_line(reason)
    hint = msg("Say in a few words why the date moves; the history keeps it.")
    day = accepted(reason_problems(reason, hint), due_on)
    return Gesture(
        EventKind.MOVED,
        msg("move it to {due} ({reason})", due=day, reason=reason),
        lambda action: replace(action, due_on=day),
        lambda action: written_day(action.due_on),
        reason=reason,
    )


def assigned(owner: str) -> Gesture:
    """Wish for somebody else to be responsible.

    Raises:
        Refused: The name is missing or too long.
    """
    owner = one_line(owner)
    refuse(owner_problems(owner))
    return Gesture(
        EventKind.ASSIGNED,
        msg("give it to {owner}", owner=owner),
        lambda action: replace(action, owner=owner),
        lambda action: action.owner,
    )


def renamed(title: str) -> Gesture:
    """Wish for other words.

    Raises:
        Refused: The title is missing or too long.
    """
    title = one_line(title)
    refuse(title_problems(title))
    return Gesture(
        EventKind.RENAMED,
        msg("call it “{title}”", title=title),
        lambda action: replace(action, title=title),
        lambda action: action.title,
    )


def linked(context: Context, kpi: str | None) -> Gesture:
    """Wish for another KPI that it should move; None for none.

    Raises:
        Refused: Nobody knows the KPI.
    """
    refuse(kpi_problems(context, kpi))
    return Gesture(
        EventKind.LINKED,
        msg("link it to {kpi}", kpi=catalogue(context)[kpi].name)
        if kpi
        else msg("link it to no KPI"),
        lambda action: replace(action, kpi=kpi),
        lambda action: action.kpi,
    )


def placed(context: Context, priority_id: int | None) -> Gesture:
    """Wish for another priority of a plan; None: for none.

    Raises:
        Refused: There is no such priority.
    """
    if priority_id is not None:
        scope = context.actor.scope
        context.store.read(lambda cursor: action_store.check_priority(cursor, scope, priority_id))
    return Gesture(
        EventKind.PLACED,
        msg("put it under a priority")
        if priority_id is not None
        else msg("take it out of the plan"),
        lambda action: replace(action, priority_id=priority_id),
        lambda action: str(action.priority_id) if action.priority_id is not None else None,
    )


def expected(effect: float | None, lag_weeks: int | None) -> Gesture:
    """Wish for an effect.

    Returns:
        A gesture that is refused where something is no number, the delay is too long, or the
        action has no KPI.
    """

    def changed(action: Action) -> Action:
        refuse(expectation_problems(action.kpi, effect, lag_weeks))
        return replace(action, effect=effect, lag_weeks=lag_weeks)

    return Gesture(
        EventKind.EXPECTED,
        msg("say what it should bring"),
        changed,
        lambda action: expectation(action.effect, action.lag_weeks),
    )


def dropped(today: date, reason: str) -> Gesture:
    """Wish to give it up.

    Returns:
        A gesture that is refused where the action is done.

    Raises:
        Refused: The reason is missing or too long.
    """
    reason = one_line(reason)
    refuse(reason_problems(reason, msg("Say in a few words why it is given up.")))

    def changed(action: Action) -> Action:
        if action.done_on is not None:
            raise Refused.of(msg("“{title}” is done already.", title=action.title))
        return replace(action, dropped_on=action.dropped_on or today)

    return Gesture(
        EventKind.DROPPED,
        msg("give it up ({reason})", reason=reason),
        changed,
        lambda action: written_day(action.dropped_on),
        reason=reason,
    )


def taken_up() -> Gesture:
    """Wish to go on with what was given up."""
    return Gesture(
        EventKind.TAKEN_UP,
        msg("take it up again"),
        lambda action: replace(action, dropped_on=None),
        lambda action: written_day(action.dropped_on),
    )


def kpi_problems(context: Context, kpi: str | None) -> list[Problem]:
    """Return what is wrong with a KPI that an action should move; empty if nothing is."""
    if kpi is None:
        return []
    definitions = catalogue(context)
    return [] if kpi in definitions else [unknown_key(kpi, definitions)]


def accepted(problems: Sequence[Problem], due_on: date | None) -> date:
    """Return the date.

    Raises:
        Refused: There is none, or something else is wrong; all of it is said at once.
    """
    if due_on is None:
        no_date = Problem(
            msg("The date is missing."),
            hint=msg("An action is due on one day; without it nobody can tell that it is late."),
        )
        raise Refused(*problems, no_date)
    refuse(problems)
    return due_on


def refuse(problems: Sequence[Problem]) -> None:
    """Refuse what is wrong.

    Raises:
        Refused: Something is.
    """
    if problems:
        raise Refused(*problems)
