"""What the meeting decides about a gap: act, adjust the target, or accept it.

One decision a KPI; until the meeting is closed it may be another one. What a former decision did
is taken back with it: its action is given up, its target holds on no day. Both stay in the history.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dashboard.rhythm import action_store, wishes
from dashboard.rhythm.action import Action, one_line, reason_problems
from dashboard.rhythm.actions import checked, write_new
from dashboard.rhythm.gap_review.decision import (
    GapDecision,
    GivenAction,
    NewTarget,
    Response,
)
from dashboard.rhythm.gap_review.decision_words import (
    accepting_words,
    acting_words,
    adjusting_words,
    in_words,
)
from dashboard.rhythm.gap_review.rows import (
    decision_at,
    known_decision,
    put_decision,
    take_back_action,
)
from dashboard.rhythm.gesture import Gesture, change_in
from dashboard.rhythm.meeting.deciding import give_out
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.seat import Seat, seat_at, take_seat
from dashboard.text import language_of, render
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import catalogue, unknown_key
from pipelines.kpis.definition import Unit
from pipelines.kpis.targets import (
    TargetRequest,
    check_target,
    set_target_at,
    take_back_target_at,
)
from pipelines.periods import Grain
from pipelines.store import Cursor


@dataclass(frozen=True)
class _Wish:
    """What somebody wants to be decided about a KPI.

    Attributes:
        words: To show it beside what somebody else decided.
        fulfilled: Tells whether it is decided already.
        carry_out: Does what the decision asks for, in the meeting's transaction; given what was
            decided before, to change what can be changed. Returns the numbers of action and target.
    """

    response: Response
    reason: str | None
    words: Message
    fulfilled: Callable[[GapDecision], bool]
    carry_out: Callable[[Seat, GapDecision | None], tuple[int | None, int | None]]


def act(
    context: Context,
    meeting_id: int,
    kpi: str,
    version: int,
    title: str,
    *,
    owner: str,
    due_on: date | None,
) -> GapDecision:
    """Decide that somebody does something about a gap by a day.

    Where the KPI has an action of this meeting already that is still open, that one is changed.

    Args:
        version: Of the decision as the person saw it; 0: there was none. The same below.

    Returns:
        The decision as it stands now.

    Raises:
        Refused: Something mandatory is missing or too long (all of it is said at once), there is
            no such KPI, or this is no gap review; so for every decision.
        Conflict: Somebody decided otherwise in the meantime.
        AccessRefused: Whoever asks is not invited, or may give out actions to nobody else.
    """
    wanted = checked(context, title, owner, due_on, kpi)

    def fulfilled(now: GapDecision) -> bool:
        action = now.action
        return action is not None and (action.title, action.owner, action.due_on) == (
            wanted.title,
            wanted.owner,
            wanted.due_on,
        )

    def carry_out(seat: Seat, before: GapDecision | None) -> tuple[int, None]:
        there = _open_action(seat, before)
        if there is not None:
            _change(seat, there, wanted)
            return there.action_id, None
        given = write_new(context, seat.cursor, wanted)
        give_out(seat, given)
        return given.action_id, None

    words = acting_words(wanted.title, wanted.owner, wanted.due_on)
    wish = _Wish(Response.ACT, None, words, fulfilled, carry_out)
    return _decide(context, meeting_id, kpi, version, wish)


def adjust(context: Context, meeting_id: int, request: TargetRequest, version: int) -> GapDecision:
    """Decide that another target holds from a day on.

    Args:
        request: See ``adjustable``.

    Raises:
        Refused: It begins too early, or is no target for the KPI.
    """
    wanted = adjustable(context, request)
    reason, target = wanted.reason or "", NewTarget.of(0, wanted)
    unit, currency = catalogue(context)[wanted.key].unit, context.workspace.settings.currency

    def fulfilled(now: GapDecision) -> bool:
        return (
            now.target is not None
            and now.reason == reason
            and replace(now.target, target_id=0) == target
        )

    def carry_out(seat: Seat, before: GapDecision | None) -> tuple[None, int]:
        _take_target_back(seat, before)
        return None, set_target_at(context, seat.cursor, wanted).target_id

    words = adjusting_words(target, reason, unit, currency)
    wish = _Wish(Response.ADJUST, reason, words, fulfilled, carry_out)
    return _decide(context, meeting_id, wanted.key, version, wish)


def adjustable(context: Context, request: TargetRequest) -> TargetRequest:
    """Return a target as a decision may set it.

    Args:
        request: For the company; the reason is mandatory, and it begins with the running month or
            later: what was aimed at before stays what it was.

    Raises:
        Refused: It begins too early, or is no target for the KPI.
    """
    reason = _reason(request.reason or "", msg("Say why the target is adjusted; it stays visible."))
    first = context.calendar.period(Grain.MONTH, context.today()).start
    if request.valid_from < first:
        raise Refused.of(
            msg("A target is adjusted from {day} on at the earliest.", day=first),
            hint=msg("What was aimed at in finished months stays as it was."),
        )
    wanted = replace(request, reason=reason, owner=None)
    check_target(context, wanted)
    return wanted


def accept(context: Context, meeting_id: int, kpi: str, version: int, reason: str) -> GapDecision:
    """Decide that nothing is done about a gap.

    Args:
        reason: Mandatory.
    """
    said = _reason(reason, msg("Say why the gap is accepted; the review keeps it."))
    wish = _Wish(
        Response.ACCEPT,
        said,
        accepting_words(said),
        lambda now: now.reason == said,
        lambda _seat, _before: (None, None),
    )
    return _decide(context, meeting_id, kpi, version, wish)


def open_action(context: Context, meeting_id: int, kpi: str) -> GivenAction | None:
    """Return the action that a decision gave out and another one takes back; None: none.

    Raises:
        Refused: There is no such meeting.
        AccessRefused: Whoever asks is not invited.
    """

    def read(cursor: Cursor) -> GivenAction | None:
        seat = seat_at(context, cursor, meeting_id)
        before = decision_at(seat, kpi)
        return before.action if before and _open_action(seat, before) else None

    return context.store.read(read)


def _decide(context: Context, meeting_id: int, kpi: str, version: int, wish: _Wish) -> GapDecision:
    definitions = catalogue(context)
    if kpi not in definitions:
        raise Refused(unknown_key(kpi, definitions))
    unit, currency = definitions[kpi].unit, context.workspace.settings.currency

    def gesture(seat: Seat) -> GapDecision:
        _refuse_elsewhere(seat)
        before = decision_at(seat, kpi)
        if before and before.response is wish.response and wish.fulfilled(before):
            return before
        if version != (before.version if before else 0):
            raise _conflict(wish, before, unit, currency)
        if before is not None and before.response is not wish.response:
            _take_back(seat, before)
        action_id, target_id = wish.carry_out(seat, before)
        put_decision(
            seat,
            kpi=kpi,
            decision=wish.response,
            reason=wish.reason,
            action_id=action_id,
            target_id=target_id,
            decided_by=seat.me,
            decided_at=clock.now(),
            version=version + 1,
        )
        after = known_decision(seat, kpi)
        seat.write_down(
            What.GAP_DECIDED,
            f"gap {meeting_id} {kpi}",
            before=_state(before) if before else None,
            after=_state(after),
        )
        return after

    return take_seat(context, meeting_id, gesture)


def _refuse_elsewhere(seat: Seat) -> None:
    if seat.head.kind is not Kind.MONTHLY:
        raise Refused.of(
            msg("What is done about a gap is decided in the monthly gap review."),
            hint=msg("Here, make the KPI a blocker."),
        )


def _conflict(wish: _Wish, now: GapDecision | None, unit: Unit, currency: str) -> Conflict:
    if now is None:
        return Conflict.between(wish.words, msg("nothing is decided"), 0)
    theirs = in_words(now, unit, currency)
    return Conflict.between(wish.words, theirs, now.version, by=now.decided_by, at=now.decided_at)


def _take_back(seat: Seat, before: GapDecision) -> None:
    """Take back what a decision did that is another one now."""
    why = _in_company_words(seat, msg("Decided otherwise in the gap review."))
    action = _open_action(seat, before)
    if action is not None:
        _do(seat, action, wishes.dropped(seat.context.today(), why))
        take_back_action(seat, action.action_id)
    _take_target_back(seat, before)


def _take_target_back(seat: Seat, before: GapDecision | None) -> None:
    """Let what was aimed at before a decision adjusted it hold again on all its days."""
    if before is not None and before.target is not None:
        take_back_target_at(seat.context, seat.cursor, before.target.target_id)


def _open_action(seat: Seat, before: GapDecision | None) -> Action | None:
    """Return the action of a decision, if somebody still has to do it."""
    if before is None or before.action is None:
        return None
    action = action_store.read_one(seat.cursor, before.action.action_id)
    return action if action.is_open else None


def _change(seat: Seat, action: Action, wanted: Action) -> None:
    """Make an action say what was decided now."""
    why = _in_company_words(seat, msg("Decided otherwise in the gap review."))
    action = _do(seat, action, wishes.renamed(wanted.title))
    action = _do(seat, action, wishes.assigned(wanted.owner))
    _do(seat, action, wishes.moved(wanted.due_on, why))


def _do(seat: Seat, action: Action, gesture: Gesture) -> Action:
    return change_in(seat.context, seat.cursor, action.action_id, action.version, gesture)


def _reason(text: str, hint: Message) -> str:
    said = one_line(text)
    wishes.refuse(reason_problems(said, hint))
    return said


def _in_company_words(seat: Seat, message: Message) -> str:
    return render(message, language_of(seat.context.workspace.settings.locale))


def _state(decision: GapDecision) -> dict[str, object]:
    action, target = decision.action, decision.target
    return {
        "key": decision.kpi,
        "response": decision.response,
        "reason": decision.reason,
        "title": action.title if action else None,
        "owner": action.owner if action else None,
        "due_on": action.due_on if action else None,
        "value": target.value if target else None,
        "max_value": target.max_value if target else None,
        "at_most": target.at_most if target else None,
        "per": target.per if target else None,
        "valid_from": target.valid_from if target else None,
        "version": decision.version,
    }
