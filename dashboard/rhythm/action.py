"""What an action is, what can happen to it, and what it must say. Pure values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pipelines.errors import Problem, msg
from pipelines.visible import visible

#: Longer titles are reports, longer names are pasted by mistake.
MAX_TITLE = 300
MAX_NAME = 120


class EventKind(StrEnum):
    """What can happen to an action."""

    ADDED = "added"
    DONE = "done"
    REOPENED = "reopened"
    MOVED = "moved"
    ASSIGNED = "assigned"
    RENAMED = "renamed"
    LINKED = "linked"


@dataclass(frozen=True)
class Action:
    """A commitment: one owner, one date.

    Attributes:
        kpi: Key of the KPI it should move; None if it is not linked.
        created_on: The day at the company, as are the other dates.
        done_on: None while it is open.
        version: 1 when added, one more with every change.
    """

    action_id: int
    title: str
    owner: str
    due_on: date
    kpi: str | None
    created_on: date
    done_on: date | None
    version: int


@dataclass(frozen=True)
class ActionEvent:
    """One change of an action.

    Attributes:
        version: The action's version after it.
        happened_on: The day at the company.
        happened_at: The moment, in UTC.
        before: What stood there: a title, a name, a KPI key, or a date as 2026-11-21; None for
            nothing.
        after: What stands there since, written in the same way.
        reason: Given whenever a date moves.
        author: Who did it; None: the product by itself.
    """

    action_id: int
    version: int
    happened_on: date
    happened_at: datetime
    kind: EventKind
    before: str | None
    after: str | None
    reason: str | None
    author: str | None


def undone(action: Action, later: Sequence[ActionEvent]) -> Action | None:
    """Return an action as it was before some of its events; None before it was added."""
    for event in reversed(later):
        before: dict[str, Any]
        match event.kind:
            case EventKind.ADDED:
                return None
            case EventKind.DONE | EventKind.REOPENED:
                before = {"done_on": event.before and date.fromisoformat(event.before)}
            case EventKind.MOVED:
                before = {"due_on": date.fromisoformat(event.before or "")}
            case EventKind.ASSIGNED:
                before = {"owner": event.before}
            case EventKind.RENAMED:
                before = {"title": event.before}
            case EventKind.LINKED:
                before = {"kpi": event.before}
        action = replace(action, version=event.version - 1, **before)
    return action


def one_line(text: str) -> str:
    """Return what somebody typed, without line breaks, control characters and outer spaces."""
    return " ".join(part for part in re.split(r"[ \t\n]+", visible(text)) if part)


def title_problems(title: str) -> list[Problem]:
    """Return what is wrong with a title; empty if nothing is."""
    if not title:
        return [
            Problem(
                msg("The action has no title."),
                hint=msg("Say in a few words what will be done."),
            )
        ]
    return _too_long(title, MAX_TITLE)


def owner_problems(owner: str) -> list[Problem]:
    """Return what is wrong with the name of a responsible person; empty if nothing is."""
    if not owner:
        return [
            Problem(
                msg("Nobody is responsible for the action."),
                hint=msg("Name one person."),
            )
        ]
    return _too_long(owner, MAX_NAME)


def _too_long(text: str, most: int) -> list[Problem]:
    if len(text) <= most:
        return []
    return [
        Problem(
            msg("“{start}…” is too long: {length} characters.", start=text[:30], length=len(text)),
            hint=msg("{most} are allowed.", most=most),
        )
    ]
