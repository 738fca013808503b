"""What an experiment is: one change in the way of selling, and the KPI it should move. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite

from dashboard.rhythm.action import one_line, owner_problems
from dashboard.rhythm.written import MAX_TEXT, paragraph, text_problems, too_long
from pipelines.errors import Problem, msg
from pipelines.kpis.definition import Better, Definition

MAX_TITLE = 120
#: What takes longer than half a year to show is a strategy.
MOST_LAG_WEEKS = 26


class Outcome(StrEnum):
    """How an experiment ends."""

    GENERALISE = "generalise"  # everybody does it from now on
    CHANGE = "change"  # try it another way
    STOP = "stop"


@dataclass(frozen=True)
class Plan:
    """An experiment as somebody describes it.

    Attributes:
        hypothesis: What we believe will happen, and why.
        kpi: Key of the one KPI it should move.
        starts_on: None is what an empty form gives.
        effect: Expected change of the KPI in its own unit, with its sign; None: not said.
        lag_weeks: Until the effect should show.
    """

    title: str
    hypothesis: str
    kpi: str
    owner: str
    starts_on: date | None
    effect: float | None
    lag_weeks: int


@dataclass(frozen=True)
class Experiment:
    """An experiment; see ``Plan``.

    Attributes:
        owner: Empty where whoever reads may not see who it is.
        ended_on: None while it runs.
        practice_id: The good practice it became.
        version: 1 when started, one more with every change.
    """

    experiment_id: int
    title: str
    hypothesis: str
    kpi: str
    owner: str
    starts_on: date
    effect: float | None
    lag_weeks: int
    ended_on: date | None
    outcome: Outcome | None
    conclusion: str | None
    practice_id: int | None
    version: int

    @property
    def shows_from(self) -> date:
        """The first day on which its effect should show."""
        return self.starts_on + timedelta(weeks=self.lag_weeks)

    def runs_beside(self, other: "Experiment", today: date) -> bool:
        """Tell whether two experiments move one KPI at the same time: neither can be judged."""
        if other.experiment_id == self.experiment_id or other.kpi != self.kpi:
            return False
        return self.starts_on < _end(other, today) and other.starts_on < _end(self, today)


def _end(one: Experiment, today: date) -> date:
    """Return the first day an experiment does not run any more, as far as anybody knows."""
    open_end = max(today, one.shows_from) + timedelta(days=1)
    return one.ended_on if one.ended_on is not None else open_end


def beside(
    experiment: Experiment, others: Iterable[Experiment], today: date
) -> tuple[Experiment, ...]:
    """Return those that run on the same KPI at the same time as a running one."""
    return tuple(one for one in others if experiment.runs_beside(one, today))


def tidy(plan: Plan) -> Plan:
    """Return a plan as it is kept."""
    return Plan(
        one_line(plan.title),
        paragraph(plan.hypothesis),
        plan.kpi,
        one_line(plan.owner),
        plan.starts_on,
        plan.effect,
        plan.lag_weeks,
    )


def problems(plan: Plan, kpi: Definition | None) -> list[Problem]:
    """Return everything that is wrong with a tidied plan; empty if nothing is.

    Args:
        kpi: The KPI it names; None: there is none of that name for whoever asks.
    """
    return [
        *text_problems(
            plan.title,
            MAX_TITLE,
            msg("The experiment has no title."),
            msg("Say in a few words what is done differently."),
        ),
        *text_problems(
            plan.hypothesis,
            MAX_TEXT,
            msg("The hypothesis is missing."),
            msg("Say what you believe will happen, and why."),
        ),
        *_kpi_problems(plan, kpi),
        *owner_problems(plan.owner, msg("Nobody is responsible for the experiment.")),
        *_time_problems(plan),
    ]


def _kpi_problems(plan: Plan, kpi: Definition | None) -> Iterable[Problem]:
    if kpi is None:
        yield Problem(
            msg("The experiment moves no KPI."),
            hint=msg("Choose the one KPI that will tell whether it worked."),
        )
    elif plan.effect is not None:
        wanted = 1 if kpi.better is Better.UP else -1
        if not isfinite(plan.effect) or plan.effect == 0:
            yield Problem(msg("The expected effect is not a change."))
        elif plan.effect * wanted < 0:
            hint = (
                msg("For {kpi}, more is better: write it with a plus.", kpi=kpi.name)
                if wanted > 0
                else msg("For {kpi}, less is better: write it with a minus.", kpi=kpi.name)
            )
            yield Problem(msg("The expected effect would make things worse."), hint=hint)


def _time_problems(plan: Plan) -> Iterable[Problem]:
    if plan.starts_on is None:
        yield Problem(
            msg("The first day is missing."),
            hint=msg("What was before it is compared with what comes after."),
        )
    if not 0 <= plan.lag_weeks <= MOST_LAG_WEEKS:
        yield Problem(
            msg("The effect shows after 0 to {most} weeks.", most=MOST_LAG_WEEKS),
        )


def conclusion_problems(conclusion: str) -> Sequence[Problem]:
    """Return what is wrong with the conclusion of an experiment; empty if nothing is."""
    return text_problems(
        conclusion,
        MAX_TEXT,
        msg("The conclusion is missing."),
        msg("Say in a sentence what was learned, with the numbers."),
    ) or too_long(conclusion, MAX_TEXT)
