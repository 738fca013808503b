"""From a quarterly review to everything that stands around it on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.rhythm.action import Action, Status, status
from dashboard.rhythm.build import files_of
from dashboard.rhythm.effect.reading import read_discipline
from dashboard.rhythm.gap_review.decision import GapLine
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.model import Status as MeetingStatus
from dashboard.rhythm.meeting.reading import meetings, minutes
from dashboard.rhythm.meeting.seat import head_at
from dashboard.rhythm.plan.model import Priority
from dashboard.rhythm.plan.reading import PlanOnDay, plan_on
from dashboard.rhythm.plan.standing import stands_at
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.drafting import whole_draft
from dashboard.rhythm.quarter.freezing import evidence, with_verdicts
from dashboard.rhythm.quarter.model import QuarterReview
from dashboard.rhythm.quarter.record import (
    KpiMeaning,
    PlanOutcome,
    PriorityOutcome,
    QuarterRecord,
)
from pipelines.actor import ITSELF
from pipelines.context import Context
from pipelines.gaps.gaps import gaps
from pipelines.kpis.catalogue import everything, shows_margins
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.landing.landing import landings
from pipelines.landing.track_record import track_record


def record_of(
    context: Context, review: QuarterReview, following: NextQuarter | None = None
) -> QuarterRecord:
    """Return everything that stands around a review, with everything in it.

    Args:
        review: With everything in it.
        following: What was drafted from it.
    """
    whole = context.by(ITSELF)
    definitions = everything(whole)
    keys = [item.kpi.key for item in review.kpis if item.kpi and item.kpi.key in definitions]
    record = QuarterRecord(
        review=review,
        numbers=_numbers(whole, review, keys),
        causes=_causes(whole, review),
        plan=_plan(whole, review),
        # the review that drafts a next quarter closes with what is kept of it
        discipline=read_discipline(whole, also=Kind.QUARTERLY if following else None),
        following=None,
        meanings=(),
        files=files_of(whole),
    )
    return with_following(context, record, following)


def with_following(
    context: Context, record: QuarterRecord, following: NextQuarter | None
) -> QuarterRecord:
    """Return a record with what was drafted from its review, and with what all its KPIs mean."""
    keys = [item.kpi.key for item in record.review.kpis if item.kpi]
    return replace(
        record, following=following, meanings=meanings(context.by(ITSELF), following, keys)
    )


def meanings(
    context: Context, following: NextQuarter | None, also: Sequence[str] = ()
) -> tuple[KpiMeaning, ...]:
    """Return what the KPIs of a next quarter mean, as far as they exist for whoever asks.

    Args:
        also: Other KPIs, which come first.
    """
    definitions = everything(context)
    return tuple(
        _meaning(context, definitions[key])
        for key in dict.fromkeys((*also, *_next_keys(following)))
        if key in definitions
    )


def record_to_keep(
    context: Context, meeting_id: int, evidence_at_hand: QuarterReview | None = None
) -> QuarterRecord | None:
    """Return what is kept when a meeting closes; None: it is no quarterly review.

    It is read before the transaction that closes the meeting: it takes a moment.

    Args:
        evidence_at_hand: What the meeting looks at, with everything in it; None: it is read.
    """
    head = context.store.read(lambda cursor: head_at(cursor, meeting_id))
    if head.kind is not Kind.QUARTERLY or head.status is MeetingStatus.CLOSED:
        return None
    whole = context.by(ITSELF)
    looked_at = evidence_at_hand or evidence(whole, head)
    review = with_verdicts(whole, meeting_id, looked_at)
    return record_of(whole, review, whole_draft(whole, meeting_id, looked_at))


def _numbers(context: Context, review: QuarterReview, keys: Sequence[str]) -> GapReview:
    """Return the gaps of the whole quarter, each with where it ends; once it is over, the next."""
    goes_on = review.quarter.is_partial(review.looked_on)
    ends = landings(context, keys, review.quarter if goes_on else review.following)
    found = tuple(
        replace(one, landing=where)
        for one, where in zip(gaps(context, review.quarter, keys), ends, strict=True)
    )
    ranged = [
        one.definition.key for one in found if one.landing is not None and one.landing.outlook
    ]
    return GapReview(
        company=review.company,
        month=review.quarter,
        quarter=review.quarter,
        today=review.looked_on,
        proposed=False,
        gaps=found,
        records=tuple(track_record(context, key) for key in ranged),
        confidential=tuple(one.definition.key for one in found if shows_margins(one.definition)),
    )


def _causes(context: Context, review: QuarterReview) -> tuple[GapLine, ...]:
    """Return what the gap reviews of the quarter's months found about each KPI that was off."""
    closed = sorted(
        (
            line
            for line in meetings(context)
            if line.kind is Kind.MONTHLY and line.status is MeetingStatus.CLOSED
        ),
        key=lambda line: line.held_on,
    )
    return tuple(
        gap
        for line in closed
        for gap in minutes(context, line.meeting_id).gaps
        if gap.month.start in review.quarter and (gap.cause.strip() or gap.response)
    )


def _plan(context: Context, review: QuarterReview) -> PlanOutcome | None:
    """Return what became of the plan that held on the last day of the quarter."""
    last = min(review.quarter.last_day, review.looked_on)
    on_day = plan_on(context, last)
    if on_day is None:
        return None
    plan = on_day.plan
    stands = stands_at(context, plan, review.quarter.end)
    states = [status(one, last) for one in on_day.actions]
    return PlanOutcome(
        plan.starts_on,
        plan.ends_on,
        tuple(_priority(context, one, on_day, stands) for one in plan.standing),
        done=states.count(Status.DONE),
        late=states.count(Status.LATE),
        running=states.count(Status.PLANNED) + states.count(Status.RUNNING),
        dropped=sum(one.dropped_on is not None for one in on_day.actions),
        done_late=sum(
            one.done_on is not None and one.done_on > one.due_on
            for one, state in zip(on_day.actions, states, strict=True)
            if state is Status.DONE
        ),
    )


def _priority(
    context: Context, one: Priority, on_day: PlanOnDay, stands: dict[int, float | None]
) -> PriorityOutcome:
    definition = everything(context).get(one.kpi or "")
    reached = stands.get(one.priority_id)
    under: list[Action] = [
        action
        for action in on_day.actions
        if action.priority_id == one.priority_id and action.dropped_on is None
    ]
    return PriorityOutcome(
        title=one.title,
        kpi_name=definition.name if definition else None,
        unit=definition.unit if definition else None,
        currency=context.workspace.settings.currency
        if definition and definition.unit is Unit.MONEY
        else None,
        from_value=one.from_value,
        to_value=one.to_value,
        reached=reached,
        met=_met(reached, one.to_value, definition),
        done=sum(action.done_on is not None for action in under),
        actions=len(under),
        confidential=definition is not None and shows_margins(definition),
        weekly=definition is not None and definition.adds_up,
    )


def _met(reached: float | None, wanted: float | None, definition: Definition | None) -> bool | None:
    if reached is None or wanted is None or definition is None:
        return None
    return reached >= wanted if definition.better is Better.UP else reached <= wanted


def _next_keys(following: NextQuarter | None) -> Iterator[str]:
    """Yield the KPIs that the next quarter speaks of."""
    if following is None:
        return
    draft = following.draft
    yield from (one.key for one in draft.kpis if one.key is not None)
    yield from (one.key for one in draft.targets)
    yield from (one.kpi for one in draft.priorities if one.kpi is not None)


def _meaning(context: Context, definition: Definition) -> KpiMeaning:
    is_money = definition.unit is Unit.MONEY
    return KpiMeaning(
        key=definition.key,
        name=definition.name,
        unit=definition.unit,
        currency=context.workspace.settings.currency if is_money else None,
        question=definition.question,
        formula=definition.formula,
        confidential=shows_margins(definition),
        weekly=definition.adds_up,
    )
