"""A quarter on record: the review, and what stands around it on paper. Pure values."""

from dataclasses import dataclass, replace
from datetime import date

from dashboard.rhythm.effect.discipline import Discipline
from dashboard.rhythm.gap_review import model as gap_review
from dashboard.rhythm.gap_review.decision import GapLine
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
        kpi_name: None: hidden from whoever reads.
        reached: Where its KPI stood at the end, in its own unit; None: nobody knows.
        met: Whether that is as good as was aimed at; None without a number.
        done, actions: Of the actions under it that were not given up.
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


@dataclass(frozen=True)
class PlanOutcome:
    """What became of the plan that held at the end of the quarter.

    Attributes:
        done, late, running, dropped: How many of its actions are what.
    """

    starts_on: date
    ends_on: date
    priorities: tuple[PriorityOutcome, ...]
    done: int
    late: int
    running: int
    dropped: int


@dataclass(frozen=True)
class KpiMeaning:
    """What a KPI is.

    Attributes:
        currency: ISO code for money; else None.
    """

    key: str
    name: LocalText
    unit: Unit
    currency: str | None
    question: LocalText
    formula: LocalText
    confidential: bool


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
    """

    review: QuarterReview
    numbers: GapReview
    causes: tuple[GapLine, ...]
    plan: PlanOutcome | None
    discipline: Discipline
    following: NextQuarter | None
    meanings: tuple[KpiMeaning, ...]
    files: tuple[FileLine, ...]

    def meaning(self, key: str | None) -> KpiMeaning | None:
        """Return what a KPI is; None: there is none, or it is hidden from whoever reads."""
        return next((one for one in self.meanings if one.key == key), None)


def adopted(record: QuarterRecord | None) -> Adopted | None:
    """Return what a review adopted for the next quarter, in short; None: nothing yet."""
    if record is None or record.following is None or not record.following.adopted:
        return None
    plan = record.following.draft
    changed = {one.key: one for one in plan.targets if one.is_another}

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
    )


def as_seen(record: QuarterRecord, scope: Scope, *, together: bool) -> QuarterRecord:
    """Return a record as somebody may read it.

    Args:
        together: In a meeting they take part in: it talks about everybody's work.
    """
    review = seeing.as_seen(record.review, scope, together=together)
    numbers = gap_review.as_seen(record.numbers, scope)
    meanings = tuple(one for one in record.meanings if scope.margins or not one.confidential)
    known = {one.key for one in meanings}
    following = record.following and draft.as_seen(record.following, known, scope)
    if following is not None and not together:
        following = draft.with_own_work(following, scope)
    if scope.margins:
        return replace(record, review=review, numbers=numbers, following=following)
    return replace(
        record,
        review=review,
        numbers=numbers,
        causes=tuple(one for one in record.causes if not one.confidential),
        plan=record.plan and _without_margins(record.plan),
        following=following,
        meanings=meanings,
    )


def _without_margins(plan: PlanOutcome) -> PlanOutcome:
    return replace(
        plan,
        priorities=tuple(
            replace(
                one,
                kpi_name=None,
                unit=None,
                currency=None,
                from_value=None,
                to_value=None,
                reached=None,
                met=None,
            )
            if one.confidential
            else one
            for one in plan.priorities
        ),
    )
