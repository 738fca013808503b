"""The minutes of a meeting as one frozen value. Screen, PDF, Markdown and e-mail render the same one.

Everything is written out, names and numbers as they were seen, so that they stay readable whatever
is renamed, restated or deleted later. Pure.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pydantic import TypeAdapter

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.gap_review.decision import GapLine
from dashboard.rhythm.meeting.hygiene import Hygiene, SectionTime
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Purpose
from dashboard.rhythm.quarter.adopted import Adopted
from dashboard.rhythm.quarter.model import VerdictLine
from pipelines.actor import Scope
from pipelines.analysis.judgement import Signal, Verdict
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Period

#: With fewer ratings, a mean tells what one person gave.
LEAST_RATINGS = 3


class Standing(StrEnum):
    """How a commitment stood at a meeting."""

    LATE = "late"
    DONE = "done"
    OPEN = "open"


@dataclass(frozen=True)
class AttendeeLine:
    """Somebody who was invited.

    Attributes:
        present: None: nobody marked whether they were there.
    """

    name: str
    present: bool | None


@dataclass(frozen=True)
class ScoreLine:
    """A KPI as it was seen.

    Attributes:
        name: In every language of the product; ``key`` may mean something else by now.
        value: In the KPI's unit (percentages as fractions); None: there was no number.
        target: None: there was none; with ``max_target`` the lower end of a range.
        at_most: The target is a ceiling.
        gap: value - target.
        verdict: None: the KPI was unavailable.
        weeks_off: Weeks off target in a row.
        currency: ISO code for money.
        confidential: It shows costs or margins: only for those who may see them.
    """

    key: str
    name: LocalText
    value: float | None
    numerator: float | None
    denominator: float | None
    target: float | None
    max_target: float | None
    at_most: bool
    gap: float | None
    on_target: bool | None
    verdict: Verdict | None
    signal: Signal | None
    favourable: bool | None
    weeks_off: int
    unit: Unit
    currency: str | None
    responsible: str | None
    confidential: bool


@dataclass(frozen=True)
class CommitmentLine:
    """An action that the meeting looked at."""

    action_id: int
    title: str
    owner: str
    due_on: date
    done_on: date | None
    standing: Standing
    kpi: LocalText | None
    confidential: bool


class PointState(StrEnum):
    """What became of a point on the agenda."""

    SETTLED = "settled"
    BLOCKER = "blocker"
    CARRIED = "carried"
    UNTOUCHED = "untouched"  # and nobody brought it: the product counts anew


@dataclass(frozen=True)
class PointLine:
    """A point on the agenda.

    Attributes:
        section: Position of the section it stood in.
        reason: Why the product put it there, as ``escalation.in_words`` takes it.
        note: What was written down about it.
        carried: It was not dealt with and stands on the next agenda.
        became: None: the minutes were frozen before this was kept.
    """

    item_id: int
    section: int
    title: str
    raised_by: str | None
    reason: str | None
    note: str
    carried: bool
    confidential: bool
    became: PointState | None = None


@dataclass(frozen=True)
class SectionNote:
    """What was written down in a section."""

    position: int
    text: str


@dataclass(frozen=True)
class WinLine:
    """A good piece of news."""

    text: str
    person: str | None
    is_practice: bool


@dataclass(frozen=True)
class BlockerLine:
    """A blocker that the meeting had before it.

    Attributes:
        rank: 1 to 3 among those it worked on; None: it was not one of them.
        decisions: Numbers of the decisions it led to.
        parked_until: With ``forum``; while it is parked.
    """

    blocker_id: int
    title: str
    kpi: LocalText | None
    raised_by: str | None
    raised_on: date
    status: BlockerStatus
    votes: int
    rank: int | None
    facts: str
    tried: str
    problem: str
    ideas: str
    decisions: tuple[int, ...]
    parked_until: date | None
    forum: str | None
    confidential: bool


@dataclass(frozen=True)
class DecisionLine:
    """What was decided, who carries it out, by when."""

    decision_id: int
    blocker_id: int | None
    text: str
    owner: str
    due_on: date
    action_id: int


@dataclass(frozen=True)
class TaskLine:
    """Who does what by when: something that was open when the meeting ended.

    Attributes:
        new: The meeting gave it out.
    """

    action_id: int
    title: str
    owner: str
    due_on: date
    new: bool


@dataclass(frozen=True)
class RatingLine:
    """How people found it, without saying who.

    Attributes:
        mean: None: nobody rated it, or fewer than ``LEAST_RATINGS`` did.
    """

    count: int
    mean: float | None


@dataclass(frozen=True)
class Minutes:
    """A closed meeting.

    Attributes:
        company: What the company was called.
        started_at: UTC, as is ``closed_at``; None: it was closed without having started.
        seconds: What it took without breaks.
        sections: In their order, planned and as they were.
        week: The reviewed week that the numbers are from.
        commitments: Late ones first, then those still open, then done ones.
        decisions: In the order they were taken.
        actions: New actions, but those that carry out one of the ``decisions``.
        tasks: By owner, then date: decisions, new actions and all else that was open, also of
            those who were absent.
        next_on: The day of the next meeting.
        kept: Of the commitments due since the meeting before it; None: it was closed before this
            was counted.
        gaps: Of a gap review: every KPI it looked at, with what was decided about it.
        verdicts: Of a quarterly review: what is kept, changed or dropped.
        adopted: Of a quarterly review: the next quarter; None: it was not adopted in it.
        reviewed: What the month or quarter is called that a review looked back on; None: it is no
            review, or it was closed before this was kept.
    """

    meeting_id: int
    kind: Kind
    purpose: Purpose
    company: str
    held_on: date
    chair: str | None
    started_at: datetime | None
    closed_at: datetime
    seconds: int
    attendance: tuple[AttendeeLine, ...]
    sections: tuple[SectionTime, ...]
    notes: tuple[SectionNote, ...]
    points: tuple[PointLine, ...]
    week: Period
    scoreboard: tuple[ScoreLine, ...]
    commitments: tuple[CommitmentLine, ...]
    wins: tuple[WinLine, ...]
    blockers: tuple[BlockerLine, ...]
    decisions: tuple[DecisionLine, ...]
    actions: tuple[TaskLine, ...]
    tasks: tuple[TaskLine, ...]
    rating: RatingLine
    hygiene: Hygiene
    next_on: date | None
    kept: Kept | None = None
    gaps: tuple[GapLine, ...] = ()
    verdicts: tuple[VerdictLine, ...] = ()
    adopted: Adopted | None = None
    reviewed: LocalText | None = None

    @property
    def planned_minutes(self) -> int:
        """How long it was to take."""
        return sum(section.minutes for section in self.sections)

    @property
    def decided(self) -> int:
        """How many decisions it lists: of blockers, gaps and verdicts, as far as they are seen."""
        gaps = sum(one.response is not None for one in self.gaps)
        return len(self.decisions) + gaps + len(self.verdicts)

    @property
    def present(self) -> tuple[str, ...]:
        """The names of those who were there."""
        return tuple(one.name for one in self.attendance if one.present)

    @property
    def absent(self) -> tuple[str, ...]:
        """The names of those who were not there, as far as somebody marked it."""
        return tuple(one.name for one in self.attendance if one.present is False)


def telling(count: int, mean: float | None) -> float | None:
    """Return the mean of a meeting's ratings where it may be shown, to whomever; else None."""
    return mean if count >= LEAST_RATINGS else None


def with_gaps(minutes: Minutes, gaps: tuple[GapLine, ...]) -> Minutes:
    """Return minutes with what a gap review decided: each is a decision, carried out or not."""
    brought = minutes.hygiene
    decided = sum(one.response is not None for one in gaps)
    return replace(
        minutes,
        gaps=gaps,
        hygiene=replace(brought, decisions=brought.decisions + decided),
    )


def with_verdicts(
    minutes: Minutes, verdicts: tuple[VerdictLine, ...], adopted: Adopted | None
) -> Minutes:
    """Return minutes with what a quarterly review decided: each verdict, and the next quarter."""
    brought = minutes.hygiene
    return replace(
        minutes,
        verdicts=verdicts,
        adopted=adopted,
        hygiene=replace(
            brought,
            decisions=brought.decisions + len(verdicts),
            adopted=adopted is not None,
        ),
    )


_ADAPTER = TypeAdapter(Minutes)


def to_json(minutes: Minutes) -> str:
    """Return minutes as they are kept."""
    return _ADAPTER.dump_json(minutes).decode()


def from_json(written: str) -> Minutes:
    """Return minutes that were kept."""
    return _ADAPTER.validate_json(written)


def as_seen(minutes: Minutes, scope: Scope) -> Minutes:
    """Return minutes as somebody may read them who took part.

    Costs and margins are left out for those who may not see them, and who answers for a KPI for
    those who see only themselves.
    """
    scoreboard = tuple(
        one if scope.sees(one.responsible) else replace(one, responsible=None)
        for one in minutes.scoreboard
    )
    if scope.margins:
        return replace(minutes, scoreboard=scoreboard)
    return replace(
        minutes,
        scoreboard=tuple(one for one in scoreboard if not one.confidential),
        points=tuple(one for one in minutes.points if not one.confidential),
        commitments=tuple(
            replace(one, kpi=None) if one.confidential else one for one in minutes.commitments
        ),
        blockers=tuple(
            replace(one, kpi=None) if one.confidential else one for one in minutes.blockers
        ),
        gaps=tuple(one for one in minutes.gaps if not one.confidential),
        verdicts=tuple(one for one in minutes.verdicts if not one.confidential),
        adopted=minutes.adopted
        and replace(
            minutes.adopted,
            priorities=tuple(
                one for one in minutes.adopted.priorities if one not in minutes.adopted.confidential
            ),
            kpis=tuple(one for one in minutes.adopted.kpis if not one.confidential),
            confidential=(),
        ),
    )
