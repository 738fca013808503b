"""The whole life of a decision: raised, worked, decided, done, and what it changed. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.rhythm.action import Action, ActionEvent, Comment, EventKind
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.amounts import change
from dashboard.rhythm.quarter.model import Item
from dashboard.rhythm.quarter.work_words import unjudged
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText


class Standing(StrEnum):
    """Where a decision stands; one of these, always."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"  # by its day
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    CARRIED = "carried"  # another action goes on with it


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
    """What came of an action or an experiment, as the quarterly review would say it today.

    Attributes:
        said: The signal and the size, or why nothing can be said.
        finding: None: it cannot be judged.
        expected: The change it should bring; None: nobody said.
    """

    said: tuple[Message, ...]
    finding: Finding | None = None
    expected: LocalText | None = None


@dataclass(frozen=True)
class DecisionLife:
    """A decision from the beginning to what came of it.

    Attributes:
        owner: Who was to carry it out when it was decided, by ``due_on``.
        raised: None: no blocker led to it.
        done: None: its action is not there any more.
        effect: None: nothing to tell whoever reads.
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
        subject: Where its life is: ``12``; of reviews ``gap 16 sales_won``, ``verdict 5 action 12``.
        text: What somebody does, or why.
        owner: Who carries it out today, by ``due_on``; None: nobody has to do anything.
        blocker: The title of the blocker it solves.
        standing: None: its action is not there any more, or there was none.
        action_id: The action that carries it out.
        about, way: What a review decided about, and what; None in other meetings.
        decided_by: Who decided that; None: it was not written down.
        target: What is aimed at from then on, where a review adjusted that.
    """

    subject: str
    text: str
    at: At
    owner: str | None = None
    due_on: date | None = None
    done_on: date | None = None
    blocker: str | None = None
    kpi: str | None = None
    standing: Standing | None = None
    action_id: int | None = None
    about: LocalText | None = None
    way: Message | None = None
    decided_by: str | None = None
    target: LocalText | None = None


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


def effect_of(item: Item | None, done: Done | None) -> Effect | None:
    """Return what came of an action or an experiment; None: nothing to tell whoever reads.

    Args:
        item: With its evidence as they may see it.
        done: The action, which says itself how it stands; None: it is an experiment.
    """
    if done is not None and done.standing is Standing.DROPPED:
        return Effect((unjudged(msg("it was given up")),))
    if item is None or item.work is None:
        return None
    said = tuple(one.said for one in item.facts)[0 if done is None else 1 :]
    if not said:
        return None
    work, found = item.work, item.work.effect
    if found is None or found.expected is None or work.unit is None:
        return Effect(said, found.finding if found else None)
    return Effect(said, found.finding, change(found.expected, work.unit, work.currency))
