"""What a meeting is and what is written down in it. Pure values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """The three rhythms."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Purpose(StrEnum):
    """What a meeting is for."""

    DECIDE = "decide"
    PLAN = "plan"
    TAKE_STOCK = "take_stock"
    INFORM = "inform"
    SHARE = "share"


class Status(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"  # a break of minutes
    SUSPENDED = "suspended"  # to be continued at another time
    CLOSED = "closed"


class Topic(StrEnum):
    """What a section of the agenda is about; it decides what the page shows in it."""

    WINS = "wins"
    SCOREBOARD = "scoreboard"
    COMMITMENTS = "commitments"
    BLOCKERS = "blockers"
    LANDING = "landing"
    GAPS = "gaps"
    KPIS = "kpis"
    WORK = "work"  # actions and experiments
    RITUALS = "rituals"
    NEXT = "next"  # the next quarter
    CLOSE = "close"
    OTHER = "other"


class Step(StrEnum):
    """What is written down about a blocker, in this order."""

    FACTS = "facts"
    TRIED = "tried"
    PROBLEM = "problem"
    IDEAS = "ideas"


#: The weekly meeting's 30 minutes, where a company has not said otherwise.
USUAL_AGENDA: tuple[tuple[Topic, int], ...] = (
    (Topic.WINS, 2),
    (Topic.SCOREBOARD, 6),
    (Topic.COMMITMENTS, 6),
    (Topic.BLOCKERS, 12),
    (Topic.CLOSE, 4),
)


class EventKind(StrEnum):
    """What moves a meeting's clock."""

    STARTED = "started"
    ENTERED = "entered"
    PAUSED = "paused"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True)
class Section:
    """A part of the agenda.

    Attributes:
        position: From 1.
        title: None: what its topic is called.
        minutes: As planned.
    """

    position: int
    topic: Topic
    title: str | None
    minutes: int


@dataclass(frozen=True)
class MeetingEvent:
    """One change of the clock.

    Attributes:
        number: From 1; the order counts, not the moment, since clocks are set back.
        at: UTC.
        section: The section that begins, for ``STARTED`` and ``ENTERED``.
    """

    number: int
    at: datetime
    kind: EventKind
    section: int | None
    author: str | None


@dataclass(frozen=True)
class Attendee:
    """Somebody who is invited.

    Attributes:
        present: None: not marked yet.
    """

    name: str
    present: bool | None
    version: int


@dataclass(frozen=True)
class Item:
    """A point on the agenda.

    Attributes:
        section: Position of the section it stands in.
        raised_by: None: the product, because of its escalation rules; then ``reason`` names the
            one (``escalation.in_words`` says it).
        concerns: Names of those it is about.
    """

    item_id: int
    section: int
    title: str
    kpi: str | None
    action_id: int | None
    raised_by: str | None
    reason: str | None
    closed: bool
    concerns: tuple[str, ...]
    version: int


@dataclass(frozen=True)
class Note:
    """What is written down about a subject.

    Attributes:
        subject: ``section 3``, ``item 12``, ``blocker 4 facts`` (or tried, problem, ideas); there
            is one note for each.
        version: 0: nothing was written yet.
    """

    subject: str
    text: str
    version: int
    changed_at: datetime | None
    author: str | None


@dataclass(frozen=True)
class Win:
    """A good piece of news.

    Attributes:
        person: Whose it is; None: everybody's.
        practice_id: The good practice it became; None: it did not.
        author: Who wrote it down; None: nobody knows.
    """

    win_id: int
    text: str
    person: str | None
    practice_id: int | None
    author: str | None
    version: int


class BlockerStatus(StrEnum):
    """What became of a blocker."""

    OPEN = "open"
    WORKED = "worked"
    PARKED = "parked"
    DROPPED = "dropped"  # in nobody's way any more, or a mistake; no meeting lists it


@dataclass(frozen=True)
class Blocker:
    """Something in the way, worked facts first.

    Attributes:
        item_id: The point on an agenda that it was.
        votes: Of this meeting.
        rank: 1 to 3 among those this meeting works on; None: it is not one of them.
        facts: What happened, in numbers.
        tried: What was tried already.
        problem: The real problem.
        ideas: Only once the three before are written.
        parked_until: The day it is decided on, with ``forum`` the place; while it is parked.
        raised_in: The meeting that wrote it down, as ``parked_in`` and ``worked_in`` are meetings.
        deal: The deal that it is about, as ``pipelines.funnel.model.Deal.key``.
    """

    blocker_id: int
    title: str
    kpi: str | None
    action_id: int | None
    item_id: int | None
    raised_by: str | None
    raised_on: date
    status: BlockerStatus
    votes: int
    rank: int | None
    facts: str
    tried: str
    problem: str
    ideas: str
    parked_until: date | None
    forum: str | None
    raised_in: int | None
    parked_in: int | None
    worked_in: int | None
    deal: str | None
    version: int


@dataclass(frozen=True)
class Decision:
    """What was decided, who carries it out, by when; each has an action of its own."""

    decision_id: int
    blocker_id: int | None
    text: str
    owner: str
    due_on: date
    action_id: int
    decided_at: datetime
    author: str | None
    version: int


@dataclass(frozen=True)
class Ratings:
    """How people found the meeting.

    Attributes:
        given_by: Everybody who rated it already.
        scores: By name; empty until everybody who was present has rated it, or for those who may
            not read them.
        own: The score of whoever asks; None: none yet.
    """

    given_by: tuple[str, ...]
    scores: tuple[tuple[str, int, str | None], ...]
    own: int | None


@dataclass(frozen=True)
class Meeting:
    """A meeting as it stands.

    Attributes:
        held_on: The day at the company.
        revision: Grows with everything that changes in it, with every action and every pact; pages
            compare it.
        own_votes: The blockers that whoever asks voted for.
        actions: Numbers of the actions it gave out, those of its decisions too.
    """

    meeting_id: int
    kind: Kind
    purpose: Purpose
    held_on: date
    chair: str | None
    status: Status
    revision: int
    sections: tuple[Section, ...]
    events: tuple[MeetingEvent, ...]
    attendees: tuple[Attendee, ...]
    items: tuple[Item, ...]
    notes: tuple[Note, ...]
    wins: tuple[Win, ...]
    blockers: tuple[Blocker, ...]
    decisions: tuple[Decision, ...]
    ratings: Ratings
    own_votes: tuple[int, ...] = ()
    actions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A meeting that somebody asked for.

    Attributes:
        already: It was there before: two people who start a meeting are in the same one.
    """

    meeting_id: int
    already: bool


@dataclass(frozen=True)
class Placed:
    """A blocker that somebody asked for.

    Attributes:
        already: It was there before; there is one for each KPI, action, point and deal.
    """

    blocker_id: int
    already: bool
