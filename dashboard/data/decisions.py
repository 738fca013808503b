"""Decisions of every kind of meeting: which there are, where words of them are, the life of one."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.data import gap_review, minutes, papers, quarter
from dashboard.data.reach import for_reading, reads_all
from dashboard.kept import remembered
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting import archive, lives
from dashboard.rhythm.meeting.archive import Found, Said
from dashboard.rhythm.meeting.life import Decided, DecisionLife, Done
from dashboard.rhythm.meeting.reading import MeetingLine
from dashboard.rhythm.quarter.model import QuarterReview
from dashboard.rhythm.review_lives.gap_life import gap_life
from dashboard.rhythm.review_lives.listed import decided_in
from dashboard.rhythm.review_lives.model import ReviewLife, no_decision
from dashboard.rhythm.review_lives.verdict_life import verdict_life
from pipelines.errors import Refused, msg


def decisions() -> tuple[Decided, ...]:
    """Return what the closed meetings decided that whoever looks may read, newest first."""
    return _decisions(whole=reads_all())


def of_action(action_id: int) -> str | None:
    """Return which decision an action carries out, as ``Decided.subject``; None: none to read."""
    if not session.visitor().may(Capability.SEE_REVIEWS):
        return None
    return next((one.subject for one in decisions() if one.action_id == action_id), None)


def in_meeting(meeting_id: int) -> tuple[Decided, ...]:
    """Return what a closed meeting decided."""
    return tuple(one for one in decisions() if one.at.meeting_id == meeting_id)


def found(words: str) -> tuple[Found, ...]:
    """Return what was said about something in closed meetings, newest first."""
    readable = {one.line.meeting_id for one in minutes.closed()}
    known = {one.subject for one in decisions()}
    return tuple(
        one
        for one in archive.search(for_reading(), words)
        if (one.meeting_id in readable or one.kind is Said.PRACTICE)
        and (one.decision is None or one.decision in known)
    )


def decision(decision_id: int) -> DecisionLife:
    """Return the whole life of a decision, as whoever looks may read it.

    Whoever takes part in no meeting reads closed ones only, and no comment.

    Raises:
        Refused: There is none.
        AccessRefused: It was taken in a meeting that they were not invited to.
    """
    life = lives.decision_life(for_reading(), decision_id, quarter.evidence)
    if not life.at.readable and not session.visitor().may(Capability.TAKE_PART):
        raise Refused.of(msg("There is no decision {number}.", number=str(decision_id)))
    return replace(life, done=_as_seen(life.done))


def review_decision(kind: str, meeting_id: int, thing: str) -> ReviewLife:
    """Return the whole life of what a closed review decided, as whoever looks may read it.

    Args:
        kind: gap or verdict.
        thing: A KPI; of a verdict what it is about, such as ``action 12``.

    Raises:
        Refused: There is no such decision for them.
        AccessRefused: It was taken in a meeting that they were not invited to.
    """
    context, look = for_reading(), quarter.evidence
    if kind == "gap" and gap_review.is_closed(meeting_id):
        life = gap_life(context, gap_review.frozen(meeting_id), meeting_id, thing, look)
    elif kind == "verdict" and papers.is_closed_quarter(meeting_id):
        review = papers.closed_quarter(meeting_id).review
        life = verdict_life(context, review, meeting_id, thing, look)
    else:
        raise no_decision()
    return replace(life, done=_as_seen(life.done))


def about_the_same(subject: str) -> tuple[Decided | None, tuple[Decided, ...]]:
    """Return what a decision goes back to, and what later meetings decided about the same.

    A verdict on an action goes back to the decision that the action carries out. The next review
    that decides about the same KPI or thing is told, and every verdict on the action.
    """
    known = decisions()
    own = next((one for one in known if one.subject == subject), None)
    if own is None:
        return None, ()
    thing = _thing(subject)
    origin = next((one for one in known if thing == _verdict_on(one.action_id)), None)
    later = [one for one in reversed(known) if one.at.held_on > own.at.held_on]
    same = [one for one in later if thing and _thing(one.subject) == thing][:1]
    on_action = [one for one in later if _thing(one.subject) == _verdict_on(own.action_id)]
    return origin, (*on_action, *same)


def _thing(subject: str) -> str:
    """Return what a review decided about; "" for any other decision."""
    kind, _, rest = subject.partition(" ")
    return f"{kind} {rest.partition(' ')[2]}" if rest else ""


def _verdict_on(action_id: int | None) -> str:
    return f"verdict action {action_id}"


def _as_seen(done: Done | None) -> Done | None:
    if done is None or session.visitor().may(Capability.TAKE_PART):
        return done
    return replace(done, comments=())


@remembered
def _decisions(*, whole: bool) -> tuple[Decided, ...]:
    del whole  # what is kept depends on it
    context = for_reading()
    taken = (*lives.decisions(context), *decided_in(context, _reviews()))
    return tuple(sorted(taken, key=lambda one: (one.at.held_on, one.at.meeting_id), reverse=True))


def _reviews() -> Iterator[tuple[MeetingLine, GapReview | QuarterReview]]:
    for line in gap_review.closed():
        yield line, gap_review.frozen(line.meeting_id)
    for line in papers.closed_quarters():
        yield line, papers.closed_quarter(line.meeting_id).review
