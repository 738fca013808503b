"""Which blockers a meeting works on: everybody votes, or whoever leads it says so."""

from collections.abc import Sequence

from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.meeting.placing import known_blocker
from dashboard.rhythm.meeting.rows import read_blockers
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines.context import Context
from pipelines.errors import Refused, msg

#: A meeting works on three at most, and everybody has three votes.
TOP = 3
VOTES = 3


def vote(context: Context, meeting_id: int, blocker_id: int) -> None:
    """Vote for a blocker; voting for it again changes nothing.

    Raises:
        Refused: There is no such open blocker, or all three votes are given.
    """

    def gesture(seat: Seat) -> None:
        me = seat.somebody()
        blocker = known_blocker(seat, blocker_id)
        if blocker.status is BlockerStatus.WORKED:
            raise Refused.of(msg("“{title}” is worked already.", title=blocker.title))
        own = _own_votes(seat, me)
        if blocker_id in own:
            return
        if len(own) >= VOTES:
            raise Refused.of(
                msg("All your {most} votes are given.", most=VOTES),
                hint=msg("Take one back first."),
            )
        seat.put("put_vote", meeting_id=meeting_id, blocker_id=blocker_id, person=me)

    take_seat(context, meeting_id, gesture)


def take_back_vote(context: Context, meeting_id: int, blocker_id: int) -> None:
    """Take a vote back; without one nothing happens."""

    def gesture(seat: Seat) -> None:
        me = seat.somebody()
        if blocker_id in _own_votes(seat, me):
            for spelled in {me, *seat.names.spellings({me})}:
                seat.put(
                    "delete_vote", meeting_id=meeting_id, blocker_id=blocker_id, person=spelled
                )

    take_seat(context, meeting_id, gesture)


def pick_top_three(context: Context, meeting_id: int) -> tuple[int, ...]:
    """Choose the blockers that the meeting works on: by votes, then the oldest first.

    Returns:
        Their numbers, first one first.
    """

    def gesture(seat: Seat) -> tuple[int, ...]:
        open_ones = [one for one in read_blockers(seat) if one.worked_in is None]
        by_votes = sorted(open_ones, key=lambda one: (-one.votes, one.blocker_id))
        chosen = tuple(one.blocker_id for one in by_votes[:TOP])
        _rank(seat, chosen)
        return chosen

    return take_seat(context, meeting_id, gesture)


def order_blockers(context: Context, meeting_id: int, blocker_ids: Sequence[int]) -> None:
    """Say which blockers the meeting works on, in which order.

    Args:
        blocker_ids: Three at most; the others are none of them any more.

    Raises:
        Refused: They are more than three, or there is no such blocker.
    """
    wanted = tuple(dict.fromkeys(blocker_ids))
    _refuse_more(wanted)

    def gesture(seat: Seat) -> None:
        for number in wanted:
            known_blocker(seat, number)
        _rank(seat, wanted)

    take_seat(context, meeting_id, gesture)


def put_in_top(context: Context, meeting_id: int, blocker_id: int) -> None:
    """Put a blocker behind those that the meeting works on already; doing it again changes nothing.

    Raises:
        Refused: There are three already, or there is no such blocker.
    """

    def gesture(seat: Seat) -> None:
        chosen = known_blocker(seat, blocker_id)
        if chosen.rank is None:
            wanted = (*_ranked(seat), blocker_id)
            _refuse_more(wanted)
            _rank(seat, wanted)

    take_seat(context, meeting_id, gesture)


def take_from_top(context: Context, meeting_id: int, blocker_id: int) -> None:
    """Take a blocker from those that the meeting works on; the ones behind it move up.

    Raises:
        Refused: There is no such blocker.
    """

    def gesture(seat: Seat) -> None:
        known_blocker(seat, blocker_id)
        _rank(seat, [one for one in _ranked(seat) if one != blocker_id])

    take_seat(context, meeting_id, gesture)


def _refuse_more(wanted: Sequence[int]) -> None:
    if len(wanted) > TOP:
        raise Refused.of(
            msg("A meeting works on {most} blockers at most.", most=TOP),
            hint=msg("Park the others, or leave them for the next meeting."),
        )


def _ranked(seat: Seat) -> list[int]:
    """Return the blockers that the meeting works on, first one first."""
    found = [(one.rank, one.blocker_id) for one in read_blockers(seat) if one.rank is not None]
    return [number for _, number in sorted(found)]


def _rank(seat: Seat, chosen: Sequence[int]) -> None:
    for blocker in read_blockers(seat):
        number = blocker.blocker_id
        rank = chosen.index(number) + 1 if number in chosen else None
        if blocker.rank != rank and blocker.worked_in is None:
            seat.put("set_rank", blocker_id=number, rank=rank)


def _own_votes(seat: Seat, me: str) -> set[int]:
    found = seat.rows("votes", meeting_id=seat.meeting_id)
    return {number for number, person in found if seat.names.shown(person) == me}
