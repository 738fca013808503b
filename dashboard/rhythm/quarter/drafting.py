"""The draft of the next quarter: as it follows from the verdicts, then as people edit it."""

from dataclasses import replace
from typing import Any

from dashboard.rhythm.action import one_line
from dashboard.rhythm.frozen import Freezer
from dashboard.rhythm.improve import experiment_store
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.meeting.looking_back import everybodys_actions
from dashboard.rhythm.meeting.model import Status
from dashboard.rhythm.meeting.seat import Seat, seat_at, take_seat
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.carry import starting_points
from dashboard.rhythm.quarter import checking
from dashboard.rhythm.quarter.aiming import first_day
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftAction,
    DraftExperiment,
    DraftKpi,
    DraftPriority,
    DraftTarget,
    LaterTarget,
    NextQuarter,
    as_seen,
)
from dashboard.rhythm.quarter.freezing import evidence, read_frozen_quarter, with_verdicts
from dashboard.rhythm.quarter.model import QuarterReview, Way
from dashboard.rhythm.quarter.proposing import (
    Standing,
    former_plan,
    proposed,
    up_to_date,
)
from dashboard.rhythm.quarter.verdicts import refuse_other
from dashboard.rhythm.written import paragraph
from pipelines.actor import ITSELF
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import steered
from pipelines.kpis.targets import aimed_at
from pipelines.periods import Grain, Period
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.workdays import working_days

_FREEZER = Freezer(
    *(Draft, DraftKpi, DraftTarget, LaterTarget, DraftPriority, DraftAction, DraftExperiment),
    *(Period, Grain, Way, Outcome),
)


def draft(
    context: Context, meeting_id: int, evidence_at_hand: QuarterReview | None = None
) -> NextQuarter:
    """Return the next quarter as a review leaves it: adopted, edited, or as its verdicts have it.

    Args:
        evidence_at_hand: What the meeting looks at, with everything in it; None: it is read.

    Raises:
        Refused: There is no such meeting, or it is no quarterly review.
        AccessRefused: Whoever asks is not invited.
    """
    found = whole_draft(context, meeting_id, evidence_at_hand)
    if not found.adopted:
        whole = context.by(ITSELF)
        found = replace(
            found,
            problems=checking.problems(whole, found.draft),
            notes=checking.notes(whole, found.draft),
        )
    return as_seen(found, catalogue(context), context.actor.scope)


def whole_draft(
    context: Context, meeting_id: int, evidence_at_hand: QuarterReview | None = None
) -> NextQuarter:
    """Return the same with everything in it, and without asking what speaks against it."""
    kept = context.store.read(lambda cursor: _kept(context, cursor, meeting_id))
    if kept is None:
        return NextQuarter(meeting_id, _proposed(context, meeting_id, evidence_at_hand), 0)
    if kept.adopted:
        return kept
    standing = _standing(context.by(ITSELF), meeting_id, kept.draft.quarter)
    return replace(kept, draft=up_to_date(kept.draft, standing))


def change_draft(context: Context, meeting_id: int, version: int, wanted: Draft) -> NextQuarter:
    """Keep the draft as somebody edited it. It may be unfinished: adopting it asks for the rest.

    Args:
        version: The one that the person saw; 0: as the verdicts have it.

    Raises:
        Refused: It is adopted already, or there is no such review.
        AccessRefused: They may not see all of it, or are not invited.
        Conflict: Somebody changed it in the meantime.
    """
    refuse_half_seen(context)
    tidied = _tidy(wanted)

    def gesture(seat: Seat) -> NextQuarter:
        refuse_other(seat.head)
        found = kept_at(seat.cursor, seat)
        if found is not None and not found.adopted and found.draft == tidied:
            return found  # whoever presses twice before the page is drawn again wants it once
        before = seen_draft(seat, version)
        after = NextQuarter(meeting_id, tidied, version + 1)
        keep(seat, What.NEXT_QUARTER_CHANGED, before, after)
        return after

    return take_seat(context, meeting_id, gesture, also_closed=True)


def draft_again(context: Context, meeting_id: int, version: int) -> NextQuarter:
    """Draft anew from the verdicts; what was edited is lost.

    Raises:
        Refused: As for ``change_draft``; so are its subclasses.
    """
    return change_draft(context, meeting_id, version, _proposed(context, meeting_id))


def refuse_half_seen(context: Context) -> None:
    """Let pass those who see all of a draft: others would take away what they do not see.

    Raises:
        AccessRefused: They see only a part of it.
    """
    scope = context.actor.scope
    if scope.people is not None or not scope.margins:
        raise AccessRefused.of(
            msg("You may read the next quarter, not change it."),
            hint=msg("Ask a manager to change it."),
        )


def seen_draft(seat: Seat, version: int) -> NextQuarter | None:
    """Return the draft that is kept; None: it is as the verdicts have it.

    Raises:
        Refused: It is adopted.
        Conflict: It is not the one that somebody saw.
    """
    found = kept_at(seat.cursor, seat)
    if found is not None and found.adopted:
        raise Refused.of(
            msg("The next quarter is adopted already."),
            hint=msg("Change the plan, the KPIs or the targets on their own pages."),
        )
    now = found.version if found else 0
    if now != version:
        raise Conflict.between(msg("your draft"), msg("another draft"), now)
    return found


def adopted(context: Context, meeting_id: int) -> NextQuarter | None:
    """Return the next quarter as a review adopted it; None: it adopted none yet.

    Raises:
        Refused: As for ``draft``; so are its subclasses.
    """
    kept = context.store.read(lambda cursor: _kept(context, cursor, meeting_id))
    if kept is None or not kept.adopted:
        return None
    return as_seen(kept, catalogue(context), context.actor.scope)


def kept_at(cursor: Cursor, seat: Seat) -> NextQuarter | None:
    """Return what is kept of a meeting's next quarter; None: nothing."""
    values = {"meeting_id": seat.meeting_id}
    rows = cursor.execute(statement("quarter/draft"), values).fetchall()
    if not rows:
        return None
    written, who, at, version = rows[0]
    name = seat.names.shown(who) if who else None
    return NextQuarter(seat.meeting_id, _FREEZER.from_json(written), version, name, at)


def keep(seat: Seat, what: What, before: NextQuarter | None, after: NextQuarter) -> None:
    """Write a draft, and that it changed."""
    seat.cursor.execute(
        statement("quarter/put_draft"),
        {
            "meeting_id": seat.meeting_id,
            "draft": _FREEZER.to_json(after.draft),
            "adopted_by": after.adopted_by,
            "adopted_at": after.adopted_at,
            "version": after.version,
        },
    )
    seat.changed = True
    seat.write_down(
        what,
        f"next_quarter {seat.meeting_id}",
        before=_state(before) if before else None,
        after=_state(after),
    )


def _kept(context: Context, cursor: Cursor, meeting_id: int) -> NextQuarter | None:
    seat = seat_at(context, cursor, meeting_id)
    refuse_other(seat.head)
    return kept_at(cursor, seat)


def _proposed(
    context: Context, meeting_id: int, evidence_at_hand: QuarterReview | None = None
) -> Draft:
    whole = context.by(ITSELF)
    settings = context.workspace.settings
    review = _review(context, meeting_id, evidence_at_hand)
    standing = _standing(whole, meeting_id, review.following)
    if standing.plan is not None:
        standing = replace(standing, starts=starting_points(whole, standing.plan))
    return proposed(review, standing, working_days(settings.country, settings.province))


def _review(
    context: Context, meeting_id: int, evidence_at_hand: QuarterReview | None
) -> QuarterReview:
    """Return the review with its verdicts, with everything in it."""
    whole = context.by(ITSELF)
    head = context.store.read(lambda cursor: seat_at(context, cursor, meeting_id).head)
    if head.status is Status.CLOSED:
        return read_frozen_quarter(whole, meeting_id)
    return with_verdicts(whole, meeting_id, evidence_at_hand or evidence(whole, head))


def _standing(whole: Context, meeting_id: int, quarter: Period) -> Standing:
    today = whole.today()

    def read(cursor: Cursor) -> Standing:
        seat = seat_at(whole, cursor, meeting_id)
        return Standing(
            chosen=(),
            targets=(),
            plan=former_plan(plan_store.read_plans(cursor)),
            actions=[one for one in everybodys_actions(seat) if one.is_open],
            experiments=[
                one
                for one in experiment_store.read_all(cursor)
                if one.ended_on is None and one.starts_on <= today
            ],
            today=today,
            aims_from=first_day(quarter, today, whole.calendar),
        )

    found = whole.store.read(read)
    choices, _ = steered(whole)
    return replace(found, chosen=choices, targets=aimed_at(whole))


def _tidy(wanted: Draft) -> Draft:
    """Return a draft with its texts as they may be kept."""
    return replace(
        wanted,
        kpis=tuple(
            replace(one, responsible=one_line(one.responsible or "") or None) for one in wanted.kpis
        ),
        priorities=tuple(replace(one, title=one_line(one.title)) for one in wanted.priorities),
        actions=tuple(
            replace(
                one,
                title=one_line(one.title),
                owner=one_line(one.owner),
                reason=one_line(one.reason),
            )
            for one in wanted.actions
        ),
        experiments=tuple(
            replace(one, conclusion=paragraph(one.conclusion)) for one in wanted.experiments
        ),
    )


def _state(found: NextQuarter) -> dict[str, Any]:
    """Return a draft as the journal has it: what people read."""
    wanted = found.draft
    return {
        "starts_on": wanted.starts_on,
        "ends_on": wanted.ends_on,
        "kpis": [
            {"key": one.key, "responsible": one.responsible}
            for one in wanted.kpis
            if one.key is not None
        ],
        "priorities": [
            {
                "title": one.title,
                "kpi": one.kpi,
                "from_value": one.from_value,
                "to_value": one.to_value,
            }
            for one in wanted.priorities
        ],
        "version": found.version,
    }
