"""What comes out of a quarterly review before it is adopted: plan, KPIs, targets. Pure values."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, datetime

from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.quarter.model import Way
from pipelines.actor import Scope
from pipelines.errors import Message, Problem
from pipelines.kpis.target import Target
from pipelines.periods import Grain, Period


@dataclass(frozen=True)
class DraftKpi:
    """A KPI to steer by.

    Attributes:
        key: None: nobody has said yet what comes in place of ``instead_of``.
        instead_of: The KPI that is to be changed.
    """

    key: str | None
    responsible: str | None
    instead_of: str | None = None


@dataclass(frozen=True)
class LaterTarget:
    """What is aimed at from a day on, as it was decided before; see ``TargetRequest``."""

    valid_from: date
    value: float
    max_value: float | None
    at_most: bool
    per: Grain | None


@dataclass(frozen=True)
class DraftTarget:
    """A target of the company; see ``TargetRequest``.

    Attributes:
        stays: It is aimed at already: adopting it changes nothing.
        valid_from: Its first day: of one that stays, since when; None: nobody looked it up yet.
        later: What was decided before for later days: it holds after one that stays, and gives way
            to one that does not.
        former: What it takes the place of, else what was aimed at until then; None: nothing was.
        before: Of one that stays: the other one that was aimed at until it began; None: none was.
    """

    key: str
    value: float
    max_value: float | None
    at_most: bool
    per: Grain | None
    stays: bool = False
    valid_from: date | None = None
    later: tuple[LaterTarget, ...] = ()
    former: LaterTarget | None = None
    before: LaterTarget | None = None

    @property
    def is_another(self) -> bool:
        """Whether something else is aimed at than before; not told where nobody looked that up."""
        if self.stays or self.valid_from is None:
            return False
        return self.former is None or says(self.former) != says(self)


def says(
    one: Target | DraftTarget | LaterTarget,
) -> tuple[float, float | None, bool, Grain | None]:
    """Return what is aimed at, whenever it begins: two that say the same are one target."""
    return one.value, one.max_value, one.at_most, one.per


@dataclass(frozen=True)
class DraftPriority:
    """A priority of the next plan.

    Attributes:
        from_value: Of one that goes on: where its KPI stands when it is drafted.
        carried_from: The priority of the former plan that it continues.
        actions: How many of those that go on serve it; None: nobody counted them yet.
    """

    title: str
    kpi: str | None
    from_value: float | None
    to_value: float | None
    carried_from: int | None = None
    actions: int | None = None


@dataclass(frozen=True)
class DraftAction:
    """An open action.

    Attributes:
        version: As it was looked at.
        priority_id: The priority of the former plan that it serves.
        way: What becomes of it; a dropped one is given up, for ``reason``.
        kpi: None: it has none; not told in reviews from before this was kept.
        due_before: The day it is due until then; None: nobody looked it up yet.
    """

    action_id: int
    version: int
    title: str
    owner: str
    due_on: date
    priority_id: int | None
    way: Way
    reason: str
    kpi: str | None = None
    due_before: date | None = None


@dataclass(frozen=True)
class DraftExperiment:
    """A running experiment.

    Attributes:
        version: As it was looked at.
        outcome: How it ends; None: it goes on.
        conclusion: What was learned; mandatory where it ends.
    """

    experiment_id: int
    version: int
    title: str
    kpi: str
    outcome: Outcome | None
    conclusion: str


@dataclass(frozen=True)
class Draft:
    """The next quarter as it is to be.

    Attributes:
        former_plan: Number of the plan that ends with it; None: there was none.
        starts_on, ends_on: First and last day of the plan.
        aims_from: First day of the targets that change; None: nobody looked it up yet.
        cut_short: The last day that the former plan was to have, where it ends before; else None.
        actions: All that is open.
        experiments: All that run.
        chosen: Keys of the KPIs that are followed until then.
    """

    quarter: Period
    former_plan: int | None
    starts_on: date
    ends_on: date
    kpis: tuple[DraftKpi, ...]
    targets: tuple[DraftTarget, ...]
    priorities: tuple[DraftPriority, ...]
    actions: tuple[DraftAction, ...]
    experiments: tuple[DraftExperiment, ...]
    aims_from: date | None = None
    cut_short: date | None = None
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextQuarter:
    """What comes out of a review.

    Attributes:
        version: 0: as it follows from the verdicts, nobody changed it.
        adopted_at: UTC; None: it is a draft.
        problems: What still speaks against adopting it; none once it is adopted.
        notes: What does not, and is worth a thought; none once it is adopted.
    """

    meeting_id: int
    draft: Draft
    version: int
    adopted_by: str | None = None
    adopted_at: datetime | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def adopted(self) -> bool:
        """Whether it holds."""
        return self.adopted_at is not None


def serves(action: DraftAction, priority: DraftPriority) -> bool:
    """Tell whether an action serves a priority: it did so before, or is to move the same KPI."""
    if priority.carried_from is not None and action.priority_id == priority.carried_from:
        return True
    return action.kpi is not None and action.kpi == priority.kpi


def with_actions_counted(draft: Draft) -> Draft:
    """Return a draft whose priorities tell how many of the actions that go on serve them."""
    going_on = [one for one in draft.actions if one.way is not Way.DROP]
    return replace(
        draft,
        priorities=tuple(
            replace(one, actions=sum(serves(action, one) for action in going_on))
            for one in draft.priorities
        ),
    )


def with_own_work(found: NextQuarter, scope: Scope) -> NextQuarter:
    """Return the next quarter with the actions that somebody sees outside a meeting."""
    actions = tuple(one for one in found.draft.actions if scope.sees(one.owner))
    return replace(found, draft=replace(found.draft, actions=actions))


def as_seen(found: NextQuarter, known: Container[str], scope: Scope) -> NextQuarter:
    """Return the next quarter as somebody may read it.

    Who answers for a KPI is left out for those who may not see that person, as it is everywhere;
    so is what is worth a thought to those who may change it: it names people.

    Args:
        known: The KPIs that exist for them; of those who may not see costs and margins, the others
            are left out.
    """
    kpis = tuple(
        one if scope.sees(one.responsible) else replace(one, responsible=None)
        for one in found.draft.kpis
    )
    draft = replace(found.draft, kpis=kpis)
    found = found if scope.people is None else replace(found, notes=())
    if scope.margins:
        return replace(found, draft=draft)
    return replace(
        found,
        problems=(),
        notes=(),
        draft=replace(
            draft,
            kpis=tuple(
                one
                for one in draft.kpis
                if (one.key is None or one.key in known)
                and (one.instead_of is None or one.instead_of in known)
            ),
            chosen=tuple(key for key in draft.chosen if key in known),
            targets=tuple(one for one in draft.targets if one.key in known),
            actions=tuple(
                one if one.kpi is None or one.kpi in known else replace(one, kpi=None)
                for one in draft.actions
            ),
            priorities=tuple(
                one for one in draft.priorities if one.kpi is None or one.kpi in known
            ),
            experiments=tuple(one for one in draft.experiments if one.kpi in known),
        ),
    )
