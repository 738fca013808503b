"""What to read before a meeting, as one value. Screen, letter and PDF render the same one."""

from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.gap_review.decision import GapLine
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.improve.experiment import Experiment
from dashboard.rhythm.meeting.minutes import (
    BlockerLine,
    CommitmentLine,
    PointLine,
    ScoreLine,
)
from dashboard.rhythm.meeting.model import Kind, Purpose, Section
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.quarter.model import VerdictLine
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.rhythm.review import FileLine
from pipelines.errors import Message
from pipelines.gaps.model import Gap
from pipelines.kpis.definition import LocalText
from pipelines.periods import Period


@dataclass(frozen=True)
class Asked:
    """What somebody is asked to bring.

    Attributes:
        name: None: nobody answers for it.
        news: Titles of commitments that nothing was said about.
        numbers: Which typed numbers are missing, as sentences.
        causes: KPIs whose gap has no cause yet.
        verdicts: What is kept, changed or dropped; they propose which.
    """

    name: str | None
    news: tuple[str, ...] = ()
    numbers: tuple[Message, ...] = ()
    causes: tuple[LocalText, ...] = ()
    verdicts: tuple[LocalText, ...] = ()


@dataclass(frozen=True)
class Week:
    """What a weekly meeting looks at.

    Attributes:
        week: The newest finished one.
        exceptions: The KPIs of that week to talk about.
        reasons: Why each of them is one, in their order.
        quiet: How many others there are.
        pacts: Those that fired.
        trials: Experiments whose effect should show by the day of the meeting.
    """

    week: Period
    exceptions: tuple[ScoreLine, ...]
    reasons: tuple[Message | LocalText, ...]
    quiet: int
    pacts: tuple[Fired, ...]
    trials: tuple[Experiment, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of what the last gap review decided about a KPI.

    Attributes:
        action: How the action stands that it gave out; None: it gave out none.
        now: The KPI in the month that is looked at; None: it is not among its KPIs any more.
    """

    line: GapLine
    action: Message | None
    now: Gap | None


@dataclass(frozen=True)
class Month:
    """What a gap review looks at.

    Attributes:
        awaited: The month it will look at.
        review: That month; while it is not over, the month that goes on, to date.
        outcomes: What the last one decided, and what became of it.
    """

    awaited: Period
    review: GapReview
    outcomes: tuple[Outcome, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Quarter:
    """What a quarterly review looks at.

    Attributes:
        record: The quarter with its evidence, and what the next one would be.
        verdicts: What the last one decided to change or to drop.
    """

    record: QuarterRecord
    verdicts: tuple[VerdictLine, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Preread:
    """What somebody who is invited reads before a meeting.

    Attributes:
        as_of: The day it is made: what is late, is late today.
        late: Commitments that are late by then.
        blockers: Open ones, and those that come back from hold.
        points: Those that stand on the agenda and are not settled.
        files: How fresh the data is.
        about: What a meeting of its kind looks at.
    """

    meeting_id: int
    kind: Kind
    purpose: Purpose
    company: str
    held_on: date
    chair: str | None
    invited: tuple[str, ...]
    sections: tuple[Section, ...]
    as_of: date
    late: tuple[CommitmentLine, ...]
    blockers: tuple[BlockerLine, ...]
    points: tuple[PointLine, ...]
    files: tuple[FileLine, ...]
    about: Week | Month | Quarter
