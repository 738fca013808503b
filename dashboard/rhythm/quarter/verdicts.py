"""Keep, change or drop: deciding about one thing, with a reason, until the review is closed."""

from collections.abc import Collection

from dashboard.rhythm import action_store
from dashboard.rhythm.action import one_line
from dashboard.rhythm.improve import experiment_store
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.seat import Head, Seat, hidden_kpis, take_seat
from dashboard.rhythm.meeting.typed import MAX_SENTENCE
from dashboard.rhythm.quarter import verdict_store
from dashboard.rhythm.quarter.model import Decided, Ritual, Way
from dashboard.rhythm.quarter.words import way_name
from dashboard.rhythm.written import text_problems
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Conflict, Message, Problem, Refused, msg
from pipelines.journal import What
from pipelines.kpis.catalogue import catalogue


def decide_on(
    context: Context,
    meeting_id: int,
    subject: str,
    version: int,
    *,
    way: Way,
    reason: str,
    change: str = "",
) -> Decided:
    """Decide what becomes of one thing, or decide it anew.

    Args:
        subject: As the item of the review has it, such as ``kpi sales_won``.
        version: The one that the person saw; 0: nothing was decided.
        reason: Mandatory.
        change: What changes; mandatory for ``Way.CHANGE``, left out else.

    Returns:
        What is decided now. The same again changes nothing.

    Raises:
        Refused: All that is missing or too long at once; there is no such thing for whoever asks;
            it is no quarterly review, or it is closed.
        AccessRefused: They are not invited.
        Conflict: Somebody decided otherwise in the meantime.
    """
    reason, change = one_line(reason), one_line(change)
    problems = _problems(way, reason, change)
    if problems:
        raise Refused(*problems)
    hidden = hidden_kpis(context)
    known = catalogue(context)

    def gesture(seat: Seat) -> Decided:
        refuse_other(seat.head)
        if not _is_there(seat, subject, known, hidden):
            raise Refused.of(msg("The review has nothing called '{subject}'.", subject=subject))
        before = verdict_store.read_all(seat.cursor, meeting_id, seat.names).get(subject)
        says = change if way is Way.CHANGE else None
        if before and (before.way, before.reason, before.change) == (way, reason, says):
            return before
        _refuse_unseen(before, version, way, reason)
        after = Decided(way, reason, says, seat.me, clock.now(), version + 1)
        verdict_store.put(seat.cursor, meeting_id, subject, after)
        seat.changed = True
        seat.write_down(
            What.VERDICT_DECIDED,
            f"verdict {meeting_id} {subject}",
            before=verdict_store.state(subject, before) if before else None,
            after=verdict_store.state(subject, after),
        )
        return after

    return take_seat(context, meeting_id, gesture)


def take_back(context: Context, meeting_id: int, subject: str, version: int) -> None:
    """Decide nothing about one thing after all.

    Raises:
        Refused: As for ``decide_on``; so are its subclasses.
    """

    def gesture(seat: Seat) -> None:
        refuse_other(seat.head)
        before = verdict_store.read_all(seat.cursor, meeting_id, seat.names).get(subject)
        if before is None:
            return
        if before.version != version:
            raise _conflict(before, msg("take it back"))
        verdict_store.delete(seat.cursor, meeting_id, subject)
        seat.changed = True
        seat.write_down(
            What.VERDICT_TAKEN_BACK,
            f"verdict {meeting_id} {subject}",
            before=verdict_store.state(subject, before),
        )

    take_seat(context, meeting_id, gesture)


def refuse_other(head: Head) -> None:
    """Refuse what only a quarterly review does.

    Raises:
        Refused: It is another meeting.
    """
    if head.kind is not Kind.QUARTERLY:
        raise Refused.of(
            msg("This meeting is no quarterly review."),
            hint=msg("What is kept, changed or dropped is decided in the quarterly review."),
        )


def _problems(way: Way, reason: str, change: str) -> list[Problem]:
    found = text_problems(
        reason,
        MAX_SENTENCE,
        msg("The reason is missing."),
        msg("Say in a sentence why; whoever reads it in a year was not there."),
    )
    if way is not Way.CHANGE:
        return found
    return [
        *found,
        *text_problems(
            change,
            MAX_SENTENCE,
            msg("It is not said what changes."),
            msg("Say what will be different from now on."),
        ),
    ]


def _is_there(seat: Seat, subject: str, known: Collection[str], hidden: frozenset[str]) -> bool:
    """Tell whether there is such a thing for whoever decides."""
    kind, _, name = subject.partition(" ")
    match kind:
        case "kpi":
            return name in known
        case "ritual":
            return name in set(Ritual)
        case "action":
            return any(str(one.action_id) == name for one in action_store.read_all(seat.cursor))
        case "experiment":
            return any(
                str(one.experiment_id) == name and one.kpi not in hidden
                for one in experiment_store.read_all(seat.cursor)
            )
        case _:
            return False


def _refuse_unseen(before: Decided | None, version: int, way: Way, reason: str) -> None:
    """Refuse to overwrite what somebody has not seen."""
    if before is None and version == 0:
        return
    if before is None:
        raise Refused.of(
            msg("Somebody took back what was decided."), hint=msg("Look again, and decide anew.")
        )
    if before.version != version:
        raise _conflict(before, msg("{way}: “{reason}”", way=way_name(way), reason=reason))


def _conflict(before: Decided, wish: Message) -> Conflict:
    return Conflict.between(
        wish,
        msg("{way}: “{reason}”", way=way_name(before.way), reason=before.reason),
        before.version,
        by=before.decided_by,
        at=before.decided_at,
    )
