"""What a meeting decides and gives out: one owner, one date, and an action that carries it out."""

from dataclasses import replace
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import checked, write_new
from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.model import Blocker, BlockerStatus, Decision
from dashboard.rhythm.meeting.noting import refuse_early
from dashboard.rhythm.meeting.placing import blocker_state, known_blocker, reopened, update_blocker
from dashboard.rhythm.meeting.rows import read_decisions
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Conflict, Refused, msg
from pipelines.journal import What


def decide(
    context: Context,
    meeting_id: int,
    text: str,
    owner: str,
    due_on: date | None,
    *,
    blocker_id: int | None = None,
    kpi: str | None = None,
) -> Decision:
    """Decide something; an action carries it out, under the same words.

    Args:
        due_on: Mandatory; ``dashboard.rhythm.dates`` tells what is odd about one.
        blocker_id: What it solves: worked facts first, and decided once.
        kpi: The KPI it should move; None: the blocker's. The deal it is about is the blocker's.

    Raises:
        Refused: Something mandatory is missing or too long (all of it is said at once), there is
            no such blocker or KPI, the blocker's facts are not written, or it is decided already.
        AccessRefused: Whoever asks is not invited, or may give out actions to nobody else.
    """
    action = checked(context, text, owner, due_on, kpi)

    def gesture(seat: Seat) -> Decision:
        blocker = None if blocker_id is None else known_blocker(seat, blocker_id)
        if blocker is not None:
            _refuse_decided(seat, blocker)
            refuse_early(blocker)
        number = seat.number("next_decision_id")
        about = kpi or (blocker.kpi if blocker else None)
        deal = blocker.deal if blocker else None
        wanted = replace(action, kpi=about, decision_id=number, deal=deal)
        given = write_new(context, seat.cursor, wanted)
        decision = Decision(
            number,
            blocker_id,
            given.title,
            given.owner,
            given.due_on,
            given.action_id,
            clock.now(),
            seat.me,
            1,
        )
        _insert(seat, decision)
        give_out(seat, given)
        if blocker is not None:
            _work(seat, blocker)
        return decision

    return take_seat(context, meeting_id, gesture)


def new_action(
    context: Context,
    meeting_id: int,
    title: str,
    owner: str,
    due_on: date | None,
    *,
    kpi: str | None = None,
    deal: str | None = None,
) -> Action:
    """Give out an action that carries out no decision.

    Args:
        deal: The one that it is about, as ``Deal.key``.

    Raises:
        Refused: Something mandatory is missing or too long, or there is no such KPI.
        AccessRefused: As for ``decide``.
    """
    action = replace(checked(context, title, owner, due_on, kpi), deal=deal)

    def gesture(seat: Seat) -> Action:
        given = write_new(context, seat.cursor, action)
        give_out(seat, given)
        return given

    return take_seat(context, meeting_id, gesture)


def reword_decision(
    context: Context, meeting_id: int, decision_id: int, version: int, text: str
) -> Decision:
    """Say a decision in other words; its action is renamed, moved and handed over as any other.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is no such decision, or the text is empty or too long.
        Conflict: Somebody changed it in the meantime.
    """
    line = typed.sentence(text)

    def gesture(seat: Seat) -> Decision:
        before = _known_decision(seat, decision_id)
        if before.text == line:
            return before
        if before.version != version:
            raise Conflict.between(
                msg("“{text}”", text=line), msg("“{text}”", text=before.text), before.version
            )
        after = replace(before, text=line, version=version + 1)
        seat.put("update_decision", decision_id=decision_id, text=line, version=after.version)
        seat.write_down(
            What.DECISION_REWORDED,
            f"decision {decision_id}",
            before=_state(before),
            after=_state(after),
        )
        return after

    return take_seat(context, meeting_id, gesture)


def _refuse_decided(seat: Seat, blocker: Blocker) -> None:
    if blocker.status is not BlockerStatus.WORKED:
        return
    said = [one.text for one in read_decisions(seat) if one.blocker_id == blocker.blocker_id]
    raise Refused.of(
        msg("“{title}” is decided already: {decisions}", title=blocker.title, decisions=said),
        hint=msg("Add an action if more has to be done."),
    )


def _insert(seat: Seat, decision: Decision) -> None:
    seat.put(
        "insert_decision",
        decision_id=decision.decision_id,
        meeting_id=seat.meeting_id,
        blocker_id=decision.blocker_id,
        text=decision.text,
        owner=decision.owner,
        due_on=decision.due_on,
        action_id=decision.action_id,
        decided_at=decision.decided_at,
        author=decision.author,
        version=decision.version,
    )
    seat.write_down(What.DECISION_TAKEN, f"decision {decision.decision_id}", after=_state(decision))


def give_out(seat: Seat, action: Action) -> None:
    """Count an action among those that a meeting gave out."""
    seat.put("insert_action", meeting_id=seat.meeting_id, action_id=action.action_id)


def _work(seat: Seat, blocker: Blocker) -> None:
    worked = update_blocker(
        seat,
        replace(reopened(blocker), status=BlockerStatus.WORKED, worked_in=seat.meeting_id),
    )
    seat.write_down(
        What.BLOCKER_WORKED,
        f"blocker {blocker.blocker_id}",
        before=blocker_state(blocker),
        after=blocker_state(worked),
    )


def _known_decision(seat: Seat, decision_id: int) -> Decision:
    for decision in read_decisions(seat):
        if decision.decision_id == decision_id:
            return decision
    raise Refused.of(msg("There is no decision {number}.", number=str(decision_id)))


def _state(decision: Decision) -> dict[str, object]:
    return {
        "text": decision.text,
        "owner": decision.owner,
        "due_on": decision.due_on,
        "blocker_id": decision.blocker_id,
        "action_id": decision.action_id,
        "version": decision.version,
    }
