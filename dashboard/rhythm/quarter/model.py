"""What a quarterly review shows and decides. Pure values; screen and paper render the same one."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dashboard.rhythm.effect.gauge import Reading
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.quarter.unjudged import Unjudged
from pipelines.analysis.judgement import Aim, Limits, Signal, Verdict
from pipelines.errors import Message
from pipelines.kpis.definition import Better, Kind, LocalText, Unit
from pipelines.periods import Period

#: What says nothing about a week itself.
_UNJUDGED = frozenset({Verdict.NONE, Verdict.PARTIAL, Verdict.TOO_FEW})


class Part(StrEnum):
    """The three passes of a review."""

    KPIS = "kpis"
    WORK = "work"
    RITUALS = "rituals"


class Way(StrEnum):
    """What becomes of something."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


class Ritual(StrEnum):
    """What is held again and again."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ONE_TO_ONE = "one_to_one"


class WorkState(StrEnum):
    """Where an action or an experiment stands."""

    DONE = "done"
    OPEN = "open"
    LATE = "late"
    DROPPED = "dropped"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class Decided:
    """What a review decided about one thing.

    Attributes:
        change: What changes; only for ``Way.CHANGE``.
        decided_by: None: nobody knows.
        decided_at: UTC.
        version: 1 when decided, one more with every change.
    """

    way: Way
    reason: str
    change: str | None
    decided_by: str | None
    decided_at: datetime
    version: int


@dataclass(frozen=True)
class EarlierVerdict:
    """What an earlier review of the same quarter decided about one thing."""

    held_on: date
    decided: Decided


@dataclass(frozen=True)
class Fact:
    """A sentence of evidence.

    Attributes:
        confidential: It tells of costs or margins: only for those who may see them.
        discreet: What is said instead to those who do not see what their colleagues do; None: the
            same.
    """

    said: Message
    confidential: bool = False
    discreet: Message | None = None


@dataclass(frozen=True)
class WeekLine:
    """A week of a KPI, for a small chart.

    Attributes:
        value: In the KPI's unit; None: there was none.
        favourable: Whether the signal goes the good way; None without a signal.
        on_target: None: it had no value, too few rows to be judged, or no target.
    """

    week: Period
    value: float | None
    aim: Aim | None
    signal: Signal | None
    favourable: bool | None
    verdict: Verdict
    on_target: bool | None = None


@dataclass(frozen=True)
class Lagged:
    """Whether an input KPI moved a result as late as it was assumed.

    Attributes:
        output: Key of the result.
        assumed_in: Where somebody wrote it down, such as ``action 12``; None: nobody did, and the
            length of the sales cycle stands in.
        pairs: Weeks of the input that have a week of the output ``lag_weeks`` later.
        correlation: Rank correlation, -1 to 1; None where it cannot be judged.
        by_chance: The share of shifted series that agree as closely; None with ``correlation``.
        moved: Whether they move together the hoped-for way, more than chance does; None: cannot
            be judged, because of ``unjudged``.
    """

    output: str
    output_name: LocalText
    lag_weeks: int
    assumed_in: str | None
    pairs: int
    correlation: float | None
    by_chance: float | None
    moved: bool | None
    unjudged: Message | None
    confidential: bool = False


@dataclass(frozen=True)
class Effect:
    """What a KPI did after something was done.

    Attributes:
        changed_on: The day it was done or started.
        shows_from: The first day on which it should show.
        before: Mean of the weeks before, of a rate the rate of all of them; in the KPI's unit.
        difference: after - before.
        low, high: The 95 % interval of the difference; None where a side has one week.
        expected: What somebody expected of it; None: nobody said.
        signals: Weeks after it with a signal in the hoped-for direction.
        together: Titles of what was done as a part of it, and is judged with it.
    """

    kpi: str
    kpi_name: LocalText
    changed_on: date
    shows_from: date
    weeks_before: int
    weeks_after: int
    before: float
    after: float
    difference: float
    low: float | None
    high: float | None
    expected: float | None
    finding: Finding
    signals: int
    first_signal: date | None
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class KpiNumbers:
    """The quarter of a KPI, in its own unit.

    Attributes:
        chosen_from, chosen_to: The days of the quarter on which it was chosen; ``chosen_to`` is
            the day after the last, None: still chosen at the end.
        replaced: Names of those it came in place of.
        replaced_by: Names of those that came in its place.
        value: Of the quarter; None: there was none.
        partial: The data do not reach the end of the quarter.
        last_year: The same quarter a year before.
        weeks_with_value, weeks_aimed, weeks_on_target: Of the finished weeks of the quarter.
        verdicts: How many weeks had which verdict.
        limits_before: Natural limits of the weeks before the quarter, ``limits_after`` of its own
            weeks; None: too few of them.
        decisions, actions, blockers: How many were about it in the quarter.
    """

    key: str
    kind: Kind
    unit: Unit
    better: Better
    currency: str | None
    chosen_from: date
    chosen_to: date | None
    replaced: tuple[LocalText, ...]
    replaced_by: tuple[LocalText, ...]
    value: float | None
    numerator: float | None
    denominator: float | None
    partial: bool
    aim: Aim | None
    gap: float | None
    on_target: bool | None
    last_year: float | None
    weeks_with_value: int
    weeks_aimed: int
    weeks_on_target: int
    verdicts: tuple[tuple[Verdict, int], ...]
    good_signals: int
    bad_signals: int
    limits_before: Limits | None
    limits_after: Limits | None
    lagged: tuple[Lagged, ...]
    decisions: int
    actions: int
    blockers: int

    @property
    def weeks_judged(self) -> int:
        """How many weeks could have been a signal: enough lies behind them, and before them."""
        return sum(weeks for verdict, weeks in self.verdicts if verdict not in _UNJUDGED)


@dataclass(frozen=True)
class WorkNumbers:
    """An action or an experiment.

    Attributes:
        number: Of the action or the experiment, as the subject names it.
        experiment: Whether it is one.
        due_on: The day of an action; the first day on which an experiment should show.
        done_on: The day it was done, ended or given up; None: it goes on.
        kpi: Key of the KPI it should move; None: none, or hidden from whoever reads.
        unit: Of that KPI.
        effect: None where it cannot be judged, because of ``unjudged``.
        outcome: How an experiment ended.
        discreet: ``unjudged`` for those who do not see what their colleagues do; None: the same.
        because: ``unjudged`` in a word; kept with ``kpi_name``, since it is kept.
    """

    number: int
    experiment: bool
    state: WorkState
    due_on: date
    done_on: date | None
    kpi: str | None
    unit: Unit | None
    currency: str | None
    effect: Effect | None
    unjudged: Message | None
    outcome: Outcome | None = None
    discreet: Message | None = None
    because: Unjudged | None = None
    kpi_name: LocalText | None = None


@dataclass(frozen=True)
class RitualNumbers:
    """A ritual of the quarter.

    Attributes:
        due: How often it was due; None: nothing says so, as for one-to-ones.
        first_on, last_on: The days of the first and of the last one; None: none was held.
        planned_minutes, taken_minutes: On average of those held; None: none was held.
        in_time: How many took as long as planned or less.
        rating: Mean of the meetings' ratings from 1 to 10, of those that enough people rated.
        rated: How many meetings that are.
        kept: Commitments due between the meetings of the quarter.
        numbers_meetings: How many brought nothing but numbers.
        signals: KPIs that began to move in the right direction meanwhile; weekly meetings only.
        reading: What the illusion gauge says; None but for weekly meetings.
    """

    ritual: Ritual
    due: int | None
    held: int
    planned_minutes: float | None
    taken_minutes: float | None
    in_time: int
    rating: float | None
    rated: int
    kept: Kept | None
    decisions: int
    actions: int
    numbers_meetings: int
    signals: int
    reading: Reading | None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Item:
    """One thing that a review decides about, with its evidence.

    Attributes:
        subject: ``kpi sales_won``, ``action 12``, ``experiment 3``, ``ritual weekly``.
        owner: Who answers for it; None: nobody, or hidden from whoever reads.
        weeks: Of the KPI: those of the quarter, after up to 13 before it; else none.
        band: The limits drawn with them.
        kpi, work, ritual: The numbers of its part; the others are None.
        confidential: It tells of costs or margins as a whole.
        decided: None: nothing yet.
        earlier: What an earlier review of the same quarter decided; None: none did.
    """

    subject: str
    part: Part
    name: LocalText
    owner: str | None
    facts: tuple[Fact, ...]
    weeks: tuple[WeekLine, ...] = ()
    band: Limits | None = None
    kpi: KpiNumbers | None = None
    work: WorkNumbers | None = None
    ritual: RitualNumbers | None = None
    confidential: bool = False
    decided: Decided | None = None
    earlier: EarlierVerdict | None = None

    @property
    def holds(self) -> Decided | None:
        """What holds of it: where nothing was decided, what an earlier review did; None: nothing."""
        return self.decided or (self.earlier.decided if self.earlier else None)

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end, and nothing it brought asks for a verdict."""
        if self.kpi is not None:
            return self.kpi.chosen_to is not None
        return self.work is not None and self.work.done_on is not None and self.work.effect is None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to decide about it."""
        return self.holds is None and not self.is_over


@dataclass(frozen=True)
class QuarterReview:
    """A quarter looked back on.

    Attributes:
        quarter_label: As on the command line: ``2026-Q3``.
        following: The quarter that is planned.
        looked_on: The day it was looked at.
        notes: What cannot be concluded about the quarter as a whole, and why.
        meeting_id: The meeting that decides; None: it is only read.
        reviewed_on: The days on which the same quarter was reviewed before, newest first.
    """

    company: str
    currency: str
    quarter: Period
    quarter_label: str
    following: Period
    looked_on: date
    kpis: tuple[Item, ...]
    work: tuple[Item, ...]
    rituals: tuple[Item, ...]
    notes: tuple[Message, ...] = ()
    meeting_id: int | None = None
    reviewed_on: tuple[date, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All of them, in the order of the passes."""
        return (*self.kpis, *self.work, *self.rituals)

    def item(self, subject: str) -> Item | None:
        """Return the one with a subject; None: there is none."""
        return next((one for one in self.items if one.subject == subject), None)


@dataclass(frozen=True)
class VerdictLine:
    """A verdict as the minutes keep it.

    Attributes:
        confidential: It is about a KPI that shows costs or margins.
    """

    subject: str
    part: Part
    name: LocalText
    way: Way
    reason: str
    change: str | None
    decided_by: str | None
    confidential: bool
