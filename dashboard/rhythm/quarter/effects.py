"""What a KPI did after something was done: a signal, a size, or why it cannot be said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.rhythm.improve.judgement import Finding, judge_experiment
from dashboard.rhythm.quarter.model import Effect
from dashboard.rhythm.quarter.unjudged import Unjudged
from dashboard.rhythm.quarter.weeks import QUARTER_WEEKS
from pipelines.analysis.before_after import difference
from pipelines.analysis.judgement import JudgedSeries
from pipelines.analysis.signals import MIN_POINTS
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.values import Point

_WEEK = timedelta(weeks=1)
#: What the subject of one begins with.
_EXPERIMENT = "experiment "
#: More titles are not read.
_FEW = 3


@dataclass(frozen=True)
class Doing:
    """Something that was to move a KPI.

    Attributes:
        subject: ``action 12``, ``experiment 3``.
        since: The day it was done or started; None: it was not.
        until: The day it ended, for what was tried and stopped; None: it stays.
        lag_weeks: Weeks until it should show.
    """

    subject: str
    title: str
    kpi: str | None
    since: date | None
    until: date | None
    lag_weeks: int
    expected: float | None

    @property
    def shows_from(self) -> date | None:
        """The first day on which it should show."""
        return self.since and self.since + timedelta(weeks=self.lag_weeks)


@dataclass(frozen=True)
class Why:
    """Why nothing can be said about an effect.

    Attributes:
        discreet: The same without what colleagues do; None: it says nothing of them.
    """

    because: Unjudged
    said: Message
    discreet: Message | None = None


def judge_effect(
    doing: Doing, others: Iterable[Doing], judged: JudgedSeries | None
) -> tuple[Effect | None, Why | None]:
    """Return what came of something, or why that cannot be said; one of the two is None.

    No more than thirteen weeks on each side are held against each other.

    Args:
        others: All that was done; what began or ended to show in the weeks compared spoils it.
        judged: The weekly series of its KPI, of the whole company; None: there is none.
    """
    others = list(others)
    doing = _as_tried(doing, others)
    if doing.kpi is None:
        return None, Why(Unjudged.NO_KPI, msg("no KPI is linked to it"))
    if judged is None or judged.series.unavailable is not None:
        return None, Why(Unjudged.NO_NUMBERS, msg("its KPI has no numbers"))
    if doing.since is None or doing.shows_from is None:
        return None, Why(Unjudged.NOT_DONE, msg("it is not done yet"))
    name = judged.series.definition.name
    until = doing.shows_from + timedelta(weeks=QUARTER_WEEKS)
    stops = min(until, doing.until) if doing.until and doing.until > doing.shows_from else until
    finished = [one.point for one in judged.points if not one.point.partial]
    before = [one for one in finished if one.period.end <= doing.since][-QUARTER_WEEKS:]
    after = [
        one for one in finished if one.period.start >= doing.shows_from and one.period.end <= stops
    ]
    first, second = _parts(before), _parts(after)
    finding = judge_experiment(judged, doing.since, doing.lag_weeks, stops)
    if not first or not second or finding.finding in {Finding.NO_BASELINE, Finding.TOO_EARLY}:
        said = msg(
            "{before} weeks with a value before and {after} after, where {needed} each are needed",
            before=len(first),
            after=len(second),
            needed=MIN_POINTS,
        )
        return None, Why(Unjudged.TOO_FEW, said)
    same = [one for one in others if one.subject != doing.subject and one.kpi == doing.kpi]
    together = [one.title for one in same if _is_one_change(one, doing)]
    beside = [
        one.title for one in same if not _is_one_change(one, doing) and _spoils(one, before, after)
    ]
    if beside:
        return None, Why(
            Unjudged.CROWDED,
            msg("at the same time, for the same KPI: {others}", others=_few(beside)),
            discreet=msg_plural(
                "{count} other thing was done for the same KPI at the same time",
                "{count} other things were done for the same KPI at the same time",
                len(set(beside)),
            ),
        )
    size = difference(first, second)
    return Effect(
        kpi=doing.kpi,
        kpi_name=name,
        changed_on=doing.since,
        shows_from=doing.shows_from,
        weeks_before=len(first),
        weeks_after=len(second),
        before=size.before,
        after=size.after,
        difference=size.change,
        low=size.low,
        high=size.high,
        expected=doing.expected,
        finding=finding.finding,
        signals=finding.signals,
        first_signal=finding.first_signal,
        together=tuple(dict.fromkeys(together)),
    ), None


def _few(titles: Sequence[str]) -> list[object]:
    """Return a few titles and how many more there are."""
    found = list(dict.fromkeys(titles))
    more = len(found) - _FEW
    if more <= 0:
        return [msg("“{text}”", text=one) for one in found]
    rest = msg_plural("{count} more", "{count} more", more)
    return [*(msg("“{text}”", text=one) for one in found[:_FEW]), rest]


def _as_tried(doing: Doing, others: Iterable[Doing]) -> Doing:
    """Return an action that is the first step of an experiment with the days of the latter.

    One change has one effect, under whichever name somebody looks at it.
    """
    if doing.subject.startswith(_EXPERIMENT):
        return doing
    for one in others:
        is_it = one.subject.startswith(_EXPERIMENT) and one.kpi == doing.kpi
        if is_it and _is_one_change(one, doing):
            return replace(doing, since=one.since, until=one.until, lag_weeks=one.lag_weeks)
    return doing


def _is_one_change(other: Doing, doing: Doing) -> bool:
    """Tell whether an action is the first step of an experiment: one change under two names."""
    kinds = {one.subject.partition(" ")[0] for one in (other, doing)}
    if len(kinds) == 1 or other.since is None or doing.since is None:
        return False
    return abs(other.since - doing.since) < _WEEK


def _parts(points: Iterable[Point]) -> list[tuple[float, float]]:
    """Return the two parts of each week with a value; of a plain value, the value and 1."""
    return [
        (one.numerator, one.denominator)
        if one.numerator is not None and one.denominator is not None
        else (one.value, 1.0)
        for one in points
        if one.value is not None
    ]


def _spoils(other: Doing, before: Sequence[Point], after: Sequence[Point]) -> bool:
    """Tell whether something else began or ended to show within the weeks compared.

    What showed all along, or not at all, is on both sides of the comparison.
    """
    begins, ends = before[0].period.start, after[-1].period.end
    turns = (other.shows_from, other.until)
    return any(day is not None and begins < day < ends for day in turns)
