"""The life of a decision of a gap review or a quarterly review. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime

from dashboard.rhythm.gap_review.decision import GapDecision
from dashboard.rhythm.meeting.life import At, Done, Effect
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.quarter import model as quarter
from pipelines.errors import Message, Refused, msg
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Period


@dataclass(frozen=True)
class Former:
    """What was decided at first, and is not what holds; or that it was taken back.

    Attributes:
        by: None: nobody knows.
        at: UTC.
    """

    said: Message
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Told:
    """What is known about a month or a quarter.

    Attributes:
        reached: In how many of its months, or of the weeks of a quarter, the KPI was on target, out
            of those in which that can be said.
    """

    period: Period
    said: tuple[Message, ...]
    reached: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Handed:
    """A blocker that a gap was made, and what became of it.

    Attributes:
        at: The meeting that worked it or put it on hold; None: none did so far.
        until: The day it is taken up again, while it is on hold.
        decisions: The number of each decision about it, and what it says; none for those who may
            not read that meeting.
    """

    title: str
    status: BlockerStatus
    at: At | None
    until: date | None
    decisions: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ReviewLife:
    """A decision of a review from what it saw to what came of it.

    Attributes:
        subject: ``gap 16 sales_won``, ``verdict 5 action 12``, the number being the meeting's.
        name: What it is about.
        kpi: Key of the KPI it is about; None: none.
        seen: What the review saw when it decided.
        cause: Of a gap, as it was written down; "": it was not.
        answer: None: it was taken back, and nothing was decided instead.
        due_on: By when the action was to be done when it was decided about.
        unit, currency: Of the KPI, for a target.
        former: What was decided before that, oldest first.
        changed: What it changed: the target since, the next quarter.
        done: The action that came out of it, or that it is about; None: there is none.
        effect: What came of that; None: nothing to tell whoever reads.
        since: What the KPI or the ritual did afterwards, oldest first.
        handed: The blockers that were made of a gap.
    """

    subject: str
    name: LocalText
    kpi: str | None
    at: At
    seen: Told
    cause: str
    answer: GapDecision | quarter.Decided | None
    due_on: date | None = None
    unit: Unit | None = None
    currency: str | None = None
    former: tuple[Former, ...] = ()
    changed: tuple[Message, ...] = ()
    done: Done | None = None
    effect: Effect | None = None
    since: tuple[Told, ...] = ()
    handed: tuple[Handed, ...] = ()


def no_decision() -> Refused:
    """Return the refusal of a decision that is not there for whoever asks."""
    return Refused.of(msg("There is no such decision."))
