"""The whole life of a decision: raised, worked, decided, done, and what it changed. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.rhythm.action import Action, ActionEvent, Comment, EventKind
from dashboard.rhythm.improve.judgement import Finding, Judgement
from dashboard.rhythm.meeting.model import Kind
from pipelines.kpis.definition import Definition, LocalText


class Standing(StrEnum):
    """Where a decision stands; one of these, always."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"  # by its day
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    CARRIED = "carried"  # another action goes on with it


class Unjudged(StrEnum):
    """Why nothing can be said about the effect of a decision."""

    NO_KPI = "no_kpi"
    NOT_DONE = "not_done"
    GIVEN_UP = "given_up"
    NO_NUMBERS = "no_numbers"


@dataclass(frozen=True)
class At:
    """A meeting, as something that can be opened.

    Attributes:
        readable: Whether it is closed, and whoever reads was invited: then its minutes can be.
    """

    meeting_id: int
    kind: Kind
    held_on: date
    readable: bool


@dataclass(frozen=True)
class Raised:
    """The blocker that a decision solves, worked facts first.

    Attributes:
        kpi: What its KPI is called, where it is about one that the reader may see.
        raised_by: None: the product by its rules; then ``reason`` says which, if it is known.
        at: The meeting that wrote it down; None: between meetings.
        parked_at: The meeting that put it on hold, if that is not the one that decided.
    """

    title: str
    kpi: LocalText | None
    raised_by: str | None
    reason: str | None
    raised_on: date
    at: At | None
    parked_at: At | None
    facts: str
    tried: str
    problem: str
    ideas: str


@dataclass(frozen=True)
class Done:
    """What became of the action that carries a decision out.

    Attributes:
        days_late: On the day it was done, or today while it is open; 0: in time.
        events: What happened to it, oldest first; None: not for whoever reads.
        comments: Oldest first; none for those who may not read them.
    """

    action: Action
    standing: Standing
    days_late: int
    events: tuple[ActionEvent, ...] | None
    comments: tuple[Comment, ...]

    @property
    def moves(self) -> int:
        """How often its date was moved, as far as the reader may know."""
        return sum(event.kind is EventKind.MOVED for event in self.events or ())


@dataclass(frozen=True)
class Effect:
    """What a decision did to the KPI it was meant to move.

    Attributes:
        kpi: None: it was meant to move none.
        unjudged: Why nothing can be said; None where ``judgement`` says it.
        expected: The change it should bring, in the KPI's own unit; None: nobody said.
        lag_weeks: Weeks from done until it should show; none were named: 0.
        beside: Experiments on the same KPI at the same time: what moved it cannot be told for sure.
    """

    kpi: Definition | None
    currency: str | None
    unjudged: Unjudged | None
    judgement: Judgement | None
    expected: float | None
    lag_weeks: int
    beside: tuple[str, ...] = ()

    @property
    def moved(self) -> bool | None:
        """Whether it moved its KPI the good way; None: it cannot be said, or not clearly."""
        if self.judgement is None or self.beside:
            return None
        return {Finding.RIGHT: True, Finding.NO_SIGNAL: False, Finding.WRONG: False}.get(
            self.judgement.finding
        )


@dataclass(frozen=True)
class DecisionLife:
    """A decision from the beginning to what came of it.

    Attributes:
        owner: Who was to carry it out when it was decided, by ``due_on``.
        raised: None: no blocker led to it.
        done: None: its action is not there any more.
        effect: None: the KPI is not for whoever reads.
    """

    decision_id: int
    text: str
    owner: str
    due_on: date
    decided_on: date
    decided_at: datetime
    author: str | None
    at: At
    raised: Raised | None
    done: Done | None
    effect: Effect | None

    @property
    def days_to_decide(self) -> int | None:
        """Days from raised to decided; None: no blocker led to it."""
        return (self.decided_on - self.raised.raised_on).days if self.raised else None


@dataclass(frozen=True)
class Decided:
    """A decision in a list.

    Attributes:
        owner: Who carries it out today, by ``due_on``.
        blocker: The title of the blocker it solves.
        standing: None: its action is not there any more.
    """

    decision_id: int
    text: str
    owner: str
    due_on: date
    done_on: date | None
    blocker: str | None
    kpi: str | None
    at: At
    standing: Standing | None


def standing_of(action: Action, events: tuple[ActionEvent, ...], today: date) -> Standing:
    """Return where the action of a decision stands on a day.

    Args:
        events: Of the action; only whether it was carried over is looked for.
    """
    if action.done_on is not None:
        return Standing.DONE if action.done_on <= action.due_on else Standing.DONE_LATE
    if action.dropped_on is not None:
        carried = any(event.kind is EventKind.CARRIED for event in events)
        return Standing.CARRIED if carried else Standing.DROPPED
    return Standing.LATE if action.due_on < today else Standing.OPEN


def days_late(action: Action, today: date) -> int:
    """Return how many days after its date an action was done, or is open; 0: none."""
    if action.done_on is None and action.dropped_on is not None:
        return 0
    return max(0, ((action.done_on or today) - action.due_on).days)


def why_unjudged(action: Action | None) -> Unjudged | None:
    """Return why an action's effect cannot even be looked for; None: it can."""
    if action is None or action.kpi is None:
        return Unjudged.NO_KPI
    if action.done_on is None:
        return Unjudged.GIVEN_UP if action.dropped_on is not None else Unjudged.NOT_DONE
    return None
