"""A quarter on record: the review, and what stands around it on paper. Pure values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dashboard.rhythm.effect.discipline import Discipline
from dashboard.rhythm.gap_review import model as gap_review
from dashboard.rhythm.gap_review.decision import GapLine, GivenAction
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.quarter import draft, seeing
from dashboard.rhythm.quarter.adopted import Adopted, AdoptedKpi, GivenUp
from dashboard.rhythm.quarter.draft import DraftKpi, NextQuarter
from dashboard.rhythm.quarter.model import QuarterReview, Way
from dashboard.rhythm.review import FileLine
from pipelines.actor import Scope
from pipelines.kpis.definition import LocalText, Unit


@dataclass(frozen=True)
class PriorityOutcome:
    """What became of a priority of the quarter's plan.

    Attributes:
        kpi_name: None: it has no KPI.
        reached: Where its KPI stood at the end, over four weeks, in its own unit; None: nobody knows.
        met: Whether that is as good as was aimed at; None without a number.
        done, actions: Of the actions under it that were not given up.
        weekly: Its numbers are those of one week; not told in reviews from before this was kept.
    """

    title: str
    kpi_name: LocalText | None
    unit: Unit | None
    currency: str | None
    from_value: float | None
    to_value: float | None
    reached: float | None
    met: bool | None
    done: int
    actions: int
    confidential: bool
    weekly: bool = False


@dataclass(frozen=True)
class PlanOutcome:
    """What became of the plan that held at the end of the quarter.

    Attributes:
        done, late, running, dropped: How many of its actions are what.
        done_late: How many of the done ones were so after their date; None: nobody counted them yet.
    """

    starts_on: date
    ends_on: date
    priorities: tuple[PriorityOutcome, ...]
    done: int
    late: int
    running: int
    dropped: int
    done_late: int | None = None


@dataclass(frozen=True)
class KpiMeaning:
    """What a KPI is.

    Attributes:
        currency: ISO code for money; else None.
        weekly: Priorities count it by the week; not told in reviews from before this was kept.
    """

    key: str
    name: LocalText
    unit: Unit
    currency: str | None
    question: LocalText
    formula: LocalText
    confidential: bool
    weekly: bool = False


@dataclass(frozen=True)
class QuarterRecord:
    """Everything that the quarterly paper says.

    Attributes:
        numbers: The quarter's gaps as a whole, each with where the quarter ends; where it was over,
            with where the one after it ends.
        causes: What the gap reviews of its months found, oldest first.
        plan: None: there was none.
        discipline: The checklist of the day.
        following: What comes out of the review; None: nothing was drafted.
        meanings: Of the KPIs of the quarter and of the next one, in their order.
        files: How fresh the data was, and where it came from.
        unseen: How many items of the review and priorities of the plan are withheld from whoever
            reads: whatever is counted is counted without them.
    """

    review: QuarterReview
    numbers: GapReview
    causes: tuple[GapLine, ...]
    plan: PlanOutcome | None
    discipline: Discipline
    following: NextQuarter | None
    meanings: tuple[KpiMeaning, ...]
    files: tuple[FileLine, ...]
    unseen: int = 0

    def meaning(self, key: str | None) -> KpiMeaning | None:
        """Return what a KPI is; None: there is none, or it is hidden from whoever reads."""
        return next((one for one in self.meanings if one.key == key), None)


def adopted(record: QuarterRecord | None) -> Adopted | None:
    """Return what a review adopted for the next quarter, in short; None: nothing yet."""
    if record is None or record.following is None or not record.following.adopted:
        return None
    plan = record.following.draft
    changed = {one.key: one for one in plan.targets if one.is_another}
    hidden = {one.key for one in record.meanings if one.confidential}

    def kpi(one: DraftKpi, what: KpiMeaning) -> AdoptedKpi:
        # a KPI that stays under another target comes in nobody's place
        former = record.meaning(one.instead_of) if one.instead_of != one.key else None
        return AdoptedKpi(
            what.name,
            former.name if former else None,
            changed.get(what.key),
            what.unit,
            what.currency,
            what.confidential or (former is not None and former.confidential),
        )

    known = ((one, record.meaning(one.key)) for one in plan.kpis)
    return Adopted(
        plan.starts_on,
        plan.ends_on,
        tuple(one.title for one in plan.priorities),
        tuple(kpi(one, what) for one, what in known if what is not None),
        tuple(GivenUp(one.title, one.reason) for one in plan.actions if one.way is Way.DROP),
        confidential=tuple(one.title for one in plan.priorities if one.kpi in hidden),
    )


def as_seen(record: QuarterRecord, scope: Scope, *, together: bool) -> QuarterRecord:
    """Return a record as somebody may read it.

    Args:
        together: In a meeting they take part in: it talks about everybody's work.
    """
    meanings = tuple(one for one in record.meanings if scope.margins or not one.confidential)
    known = {one.key for one in meanings}
    following = record.following and draft.as_seen(record.following, known, scope)
    if following is not None and not together:
        following = draft.with_own_work(following, scope)
    seen = replace(
        record,
        review=seeing.as_seen(record.review, scope, together=together),
        numbers=gap_review.as_seen(record.numbers, scope),
        causes=tuple(_causes(record, scope, together=together)),
        plan=record.plan and _plan(record.plan, scope),
        following=following,
        meanings=meanings,
    )
    return replace(seen, unseen=record.unseen + _counted(record) - _counted(seen))


def _counted(record: QuarterRecord) -> int:
    """Return how many items and priorities there are."""
    return len(record.review.items) + (len(record.plan.priorities) if record.plan else 0)


def _plan(plan: PlanOutcome, scope: Scope) -> PlanOutcome:
    """Return a plan without priorities about costs and margins, for those who may not see them."""
    seen = tuple(one for one in plan.priorities if scope.margins or not one.confidential)
    return replace(plan, priorities=seen)


def _causes(record: QuarterRecord, scope: Scope, *, together: bool) -> Iterator[GapLine]:
    """Yield what the gap reviews of the months found."""
    if not seeing.tells_decisions(record.review, scope, together=together):
        return
    for one in record.causes:
        if scope.margins or not one.confidential:
            yield one if together else _with_own_actions(one, scope)


def _with_own_actions(line: GapLine, scope: Scope) -> GapLine:
    """Return what was decided about a gap with who does what by when of those somebody may see."""

    def seen(action: GivenAction | None) -> GivenAction | None:
        return action if action is not None and scope.sees(action.owner) else None

    then = line.earlier
    return replace(
        line,
        action=seen(line.action),
        earlier=then
        and replace(then, decision=replace(then.decision, action=seen(then.decision.action))),
    )
