"""What an action is, what can happen to it, and what it must say. Pure values."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import Any

from pipelines.errors import Message, Problem, msg
from pipelines.visible import visible

#: Longer titles are reports, longer names are pasted by mistake.
MAX_TITLE = 300
MAX_NAME = 120
#: A reason is a sentence or two; a comment may tell a story.
MAX_REASON = 1_000
MAX_COMMENT = 4_000
#: An effect that shows later than after a year cannot be told from everything else.
MAX_LAG_WEEKS = 52
#: All of it is done.
WHOLE = 100


class EventKind(StrEnum):
    """What can happen to an action."""

    ADDED = "added"
    DONE = "done"
    REOPENED = "reopened"
    MOVED = "moved"
    ASSIGNED = "assigned"
    RENAMED = "renamed"
    LINKED = "linked"
    PROGRESSED = "progressed"
    PLACED = "placed"
    EXPECTED = "expected"
    DROPPED = "dropped"
    CARRIED = "carried"
    TAKEN_UP = "taken_up"


class Status(StrEnum):
    """Where an action stands; one of these, always."""

    PLANNED = "planned"  # not begun, and not due yet
    RUNNING = "running"  # begun, and not due yet
    LATE = "late"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Action:
    """A commitment: one owner, one date.

    Attributes:
        kpi: Key of the KPI it should move; None if it is not linked.
        created_on: The day at the company, as are the other dates.
        done_on: None while it is open.
        version: 1 when added, one more with every change.
        priority_id: The priority of a plan that it serves; None: it is outside every plan.
        estimate: How far somebody says it is, in percent; see ``progress``.
        effect: The change of the KPI it should bring, in the KPI's own unit.
        lag_weeks: Weeks until the effect should show.
        dropped_on: The day it was given up, or carried over to the next plan as another action;
            None: it was not.
        decision_id: The decision of a meeting that it carries out.
        carried_from: The action of the plan before that it continues.
        deal: The deal that it is about, as ``pipelines.funnel.model.Deal.key``.
    """

    action_id: int
    title: str
    owner: str
    due_on: date
    kpi: str | None
    created_on: date
    done_on: date | None
    version: int
    priority_id: int | None = None
    estimate: int = 0
    effect: float | None = None
    lag_weeks: int | None = None
    dropped_on: date | None = None
    decision_id: int | None = None
    carried_from: int | None = None
    deal: str | None = None

    @property
    def progress(self) -> int:
        """How much of it is done, in percent: all of a done one, else what somebody estimated."""
        return WHOLE if self.done_on else self.estimate

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.done_on is None and self.dropped_on is None


def status(action: Action, today: date) -> Status:
    """Return where an action stands on a day. What was given up is neither late nor due."""
    if action.done_on is not None:
        return Status.DONE
    if action.dropped_on is not None:
        return Status.DROPPED
    if action.due_on < today:
        return Status.LATE
    return Status.RUNNING if action.estimate else Status.PLANNED


@dataclass(frozen=True)
class Comment:
    """What somebody said about an action.

    Attributes:
        written_at: The moment, in UTC.
        author: None: the product by itself.
    """

    comment_id: int
    action_id: int
    written_at: datetime
    author: str | None
    text: str


@dataclass(frozen=True)
class ActionEvent:
    """One change of an action.

    Attributes:
        version: The action's version after it.
        happened_on: The day at the company.
        happened_at: The moment, in UTC.
        before: What stood there: a title, a name, a KPI key, a percentage, the number of a
            priority, effect and weeks as ``expectation`` writes them, or a date as 2026-11-21;
            None for nothing.
        after: What stands there since, written in the same way; of an action that was carried
            over, the number of the one that continues it.
        reason: Given whenever a date moves, and when an action is given up.
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
        if event.kind is EventKind.ADDED:
            return None
        action = replace(action, version=event.version - 1, **_former(event))
    return action


def _former(event: ActionEvent) -> dict[str, Any]:  # noqa: PLR0911 - one return a kind
    """Return the fields that an event changed, as they were before it."""
    before = event.before
    match event.kind:
        case EventKind.DONE | EventKind.REOPENED:
            return {"done_on": _read_day(before)}
        case EventKind.DROPPED | EventKind.TAKEN_UP:
            return {"dropped_on": _read_day(before)}
        case EventKind.CARRIED:
            return {"dropped_on": None}
        case EventKind.MOVED:
            return {"due_on": _read_day(before)}
        case EventKind.PROGRESSED:
            return {"estimate": int(before or 0)}
        case EventKind.PLACED:
            return {"priority_id": int(before) if before else None}
        case EventKind.EXPECTED:
            return dict(zip(("effect", "lag_weeks"), read_expectation(before), strict=True))
        case _:
            return {_TEXTS[event.kind]: before}


#: The field that a change of a text is about.
_TEXTS = {EventKind.ASSIGNED: "owner", EventKind.RENAMED: "title", EventKind.LINKED: "kpi"}


def _read_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def written_day(day: date | None) -> str | None:
    """Return a day as the history writes it."""
    return day.isoformat() if day else None


def expectation(effect: float | None, lag_weeks: int | None) -> str | None:
    """Return an expected effect and the weeks until then as the history writes them."""
    return None if effect is None and lag_weeks is None else json.dumps([effect, lag_weeks])


def read_expectation(written: str | None) -> tuple[float | None, int | None]:
    """Return effect and weeks from what the history says."""
    if written is None:
        return None, None
    effect, lag_weeks = json.loads(written)
    return effect, lag_weeks


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
    return too_long(title, MAX_TITLE)


def owner_problems(owner: str, missing: Message | None = None) -> list[Problem]:
    """Return what is wrong with the name of a responsible person; empty if nothing is.

    Args:
        missing: Said where nobody is named, of anything but an action.
    """
    if not owner:
        what = missing or msg("Nobody is responsible for the action.")
        return [Problem(what, hint=msg("Name one person."))]
    return too_long(owner, MAX_NAME)


def reason_problems(reason: str, hint: Message) -> list[Problem]:
    """Return what is wrong with a reason that has to be given; empty if nothing is.

    Args:
        hint: What to say a few words about.
    """
    if not reason:
        return [Problem(msg("The reason is missing."), hint=hint)]
    return too_long(reason, MAX_REASON)


def comment_problems(text: str) -> list[Problem]:
    """Return what is wrong with a comment; empty if nothing is."""
    if not text:
        return [Problem(msg("The comment is empty."), hint=msg("Write what others should know."))]
    return too_long(text, MAX_COMMENT)


def progress_problems(percent: int) -> list[Problem]:
    """Return what is wrong with an estimate of progress; empty if nothing is."""
    if 0 <= percent <= WHOLE:
        return []
    return [
        Problem(
            msg("{percent}% is no progress.", percent=percent),
            hint=msg("Progress goes from 0 to 100."),
        )
    ]


def expectation_problems(
    kpi: str | None, effect: float | None, lag_weeks: int | None
) -> list[Problem]:
    """Return what is wrong with what an action is expected to bring; empty if nothing is.

    Args:
        kpi: The KPI that the action is linked to.
    """
    problems = []
    if effect is not None and not isfinite(effect):
        problems.append(Problem(msg("The effect is not a number.")))
    if effect is not None and kpi is None:
        problems.append(
            Problem(
                msg("The action is linked to no KPI."),
                hint=msg("Link it to the KPI that the effect is about."),
            )
        )
    if lag_weeks is not None and not 0 <= lag_weeks <= MAX_LAG_WEEKS:
        problems.append(
            Problem(
                msg("{weeks} weeks are not a delay that can be checked.", weeks=lag_weeks),
                hint=msg("Say in 0 to {most} weeks when the effect shows.", most=MAX_LAG_WEEKS),
            )
        )
    return problems


def too_long(text: str, most: int) -> list[Problem]:
    """Return the problem of a text that is longer than allowed; empty if it is not."""
    if len(text) <= most:
        return []
    return [
        Problem(
            msg("“{start}…” is too long: {length} characters.", start=text[:30], length=len(text)),
            hint=msg("{most} are allowed.", most=most),
        )
    ]
