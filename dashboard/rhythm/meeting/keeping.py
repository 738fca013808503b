"""Which share of the commitments a meeting found kept. Pure."""

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.minutes import Minutes, Standing


def kept_of(minutes: Minutes) -> Kept:
    """Return how many of the commitments due since the meeting before were kept on their day.

    Minutes that were closed before this was counted tell it of the commitments they list.
    """
    if minutes.kept is not None:
        return minutes.kept
    told = [one for one in minutes.commitments if one.standing is not Standing.OPEN]
    on_time = sum(one.done_on is not None and one.done_on <= one.due_on for one in told)
    return Kept(on_time, len(told))
