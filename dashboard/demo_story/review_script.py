"""What a told review is made of. Pure values; ``gap_script`` and ``quarter_script`` hold them."""

from dataclasses import dataclass

from dashboard.demo_story.script import Promise
from dashboard.rhythm.plan.model import NewPriority
from dashboard.rhythm.quarter.model import Way


@dataclass(frozen=True)
class Adjusted:
    """Another target from the month of the review on.

    Attributes:
        value: A week, as the one before.
    """

    value: float
    reason: str


@dataclass(frozen=True)
class Answer:
    """What a gap review says and does about a KPI.

    At most one of ``act``, ``adjust`` and ``accept`` is said; none: nothing is decided.

    Attributes:
        cause: With the facts.
        act: Its ``due`` counts from the review, unless ``after_quarter``.
        accept: Why.
        always: Also in a month in which the target was reached.
        after_quarter: What is promised is due so many days after the next quarterly review.
    """

    kpi: str
    cause: str
    act: Promise | None = None
    adjust: Adjusted | None = None
    accept: str = ""
    always: bool = False
    after_quarter: bool = False


@dataclass(frozen=True)
class ToldGaps:
    """A monthly gap review.

    Attributes:
        lengths: How long each section took: landing, gaps, commitments, close.
        ratings: From 1 to 10, in the order of those who are there.
    """

    lengths: tuple[float, ...]
    ratings: tuple[int, ...]
    answers: tuple[Answer, ...]
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What becomes of a KPI or a ritual.

    Attributes:
        subject: As the item of the review has it.
        change: What changes; for ``Way.CHANGE``.
    """

    subject: str
    way: Way
    reason: str
    change: str = ""


@dataclass(frozen=True)
class ToldQuarter:
    """A quarterly review, and the quarter that comes out of it.

    Attributes:
        lengths: How long each section took: wins, KPIs, work, rituals, next, close.
        tried: What is said of the reminders, if they are tried out by then.
        actions: By the title of an action, what becomes of it, and why.
        promises: What is given out when the KPIs were looked at; due so many days after the review.
        instead: By the KPI that gives way, the one in its place and who answers for it.
        priorities: Of the next plan; one whose KPI has one in the plan before goes on from there.
        notes: By position of the section.
    """

    lengths: tuple[float, ...]
    ratings: tuple[int, ...]
    verdicts: tuple[Verdict, ...]
    tried: str
    priorities: tuple[NewPriority, ...]
    actions: tuple[tuple[str, Way, str], ...] = ()
    promises: tuple[Promise, ...] = ()
    instead: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    absent: tuple[str, ...] = ()
