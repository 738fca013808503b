"""The life of a verdict: what a quarterly review kept, changed or dropped, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from dashboard.rhythm import action_store
from dashboard.rhythm.action import Action
from dashboard.rhythm.meeting.life import At, Done, effect_of
from dashboard.rhythm.meeting.lives import at_of, done_of
from dashboard.rhythm.meeting.seat import Seat, hidden_kpis, seat_at
from dashboard.rhythm.quarter import kpi_words
from dashboard.rhythm.quarter.draft import NextQuarter, as_seen
from dashboard.rhythm.quarter.drafting import kept_at
from dashboard.rhythm.quarter.model import Item, KpiNumbers, Part, QuarterReview, Way
from dashboard.rhythm.quarter.words import way_name, why
from dashboard.rhythm.review_lives.following import follows
from dashboard.rhythm.review_lives.former import former_at
from dashboard.rhythm.review_lives.listed import kpi_of
from dashboard.rhythm.review_lives.model import Former, ReviewLife, Told, no_decision
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.journal import State
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Period
from pipelines.store import Cursor


class _Kept(NamedTuple):
    """What the store keeps around a verdict.

    Attributes:
        subject: What it is about today: an action goes on as another one of the next plan.
        next_quarter: As it was adopted; None: it was not.
    """

    at: At
    former: tuple[Former, ...]
    subject: str
    done: Done | None
    next_quarter: NextQuarter | None


def verdict_life(
    context: Context,
    review: QuarterReview,
    meeting_id: int,
    subject: str,
    look: Callable[[Period, str], Item | None],
) -> ReviewLife:
    """Return what a closed quarterly review decided about something, up to what came of it.

    Args:
        review: As whoever reads may see it.
        subject: As the review has it, such as ``kpi sales_won``.
        look: Returns the evidence about a thing in a quarter as it is today, as they may see it.

    Raises:
        Refused: There is no such decision for them.
        AccessRefused: They were not invited.
    """
    item = review.item(subject)
    if item is None:
        raise no_decision()
    hidden = hidden_kpis(context)
    kept = context.store.read(lambda cursor: _kept(context, cursor, meeting_id, item, hidden))
    if item.decided is None and not kept.former:
        raise no_decision()
    now = look(review.following, kept.subject)
    known = catalogue(context)
    following = kept.next_quarter and as_seen(kept.next_quarter, known, context.actor.scope)
    is_work = item.part is Part.WORK
    return ReviewLife(
        f"verdict {meeting_id} {subject}",
        item.name,
        kpi_of(item),
        kept.at,
        Told(review.quarter, tuple(one.said for one in item.facts)),
        "",
        item.decided,
        item.work.due_on if item.work else None,
        former=kept.former,
        changed=tuple(follows(item, following, known)) if item.decided else (),
        done=kept.done,
        effect=effect_of(now or look(review.quarter, kept.subject), kept.done) if is_work else None,
        since=() if is_work else (_since(now, item, review.following, kept.at.held_on),),
    )


def _kept(
    context: Context, cursor: Cursor, meeting_id: int, item: Item, hidden: frozenset[str]
) -> _Kept:
    seat = seat_at(context, cursor, meeting_id)
    subject = item.subject
    kind, _, name = subject.partition(" ")
    done = None
    if kind == "action":
        number = _goes_on_as(action_store.read_all(cursor), int(name))
        subject = f"action {number}"
        done = _since_then(done_of(seat, number, hidden, context.today()), seat)
    found = kept_at(cursor, seat)
    return _Kept(
        at_of(seat, meeting_id),
        former_at(
            seat, f"verdict {meeting_id} {item.subject}", _words, stands=item.decided is not None
        ),
        subject,
        done,
        found if found is not None and found.adopted else None,
    )


def _goes_on_as(actions: Sequence[Action], number: int) -> int:
    """Return the action as which one goes on, plan after plan; itself if it does not."""
    following = {one.carried_from: one.action_id for one in actions}
    while number in following:
        number = following[number]
    return number


def _since_then(done: Done | None, seat: Seat) -> Done | None:
    """Return what became of an action since a meeting: what was before is no answer to it."""
    if done is None:
        return None
    day = seat.head.held_on
    return replace(
        done,
        events=done.events and tuple(one for one in done.events if one.happened_on >= day),
        comments=tuple(one for one in done.comments if one.written_at.date() >= day),
    )


def _words(state: State) -> Message:
    """Return a verdict as the journal has it."""
    return msg(
        "{way}: “{reason}”",
        way=way_name(Way(state["way"])),
        reason=why(state["reason"], state["change"]),
    )


def _since(now: Item | None, before: Item, following: Period, decided_on: date) -> Told:
    """Return what a KPI or a ritual did in the quarter that follows."""
    if now is not None and now.kpi is not None:
        return _weeks_since(now, now.kpi, following, decided_on)
    if now is not None:
        return Told(following, tuple(one.said for one in now.facts))
    if before.part is Part.KPIS:
        return Told(following, (msg("It is not followed any more."),))
    return Told(following, (msg("It was neither due nor held."),))


def _weeks_since(now: Item, numbers: KpiNumbers, following: Period, decided_on: date) -> Told:
    """Return what a KPI did in a quarter, of its weeks those that ended after the decision."""
    since = [one for one in now.weeks if one.week.end > decided_on]
    judged = [one.on_target for one in since if one.on_target is not None]
    reached = (sum(judged), len(judged))
    whole = kpi_words.on_target(numbers.weeks_on_target, numbers.weeks_aimed)
    said = [one.said for one in now.facts if one.said != whole]
    if all(one.value is None for one in since):
        said.insert(0, msg("No finished week with a number since the decision yet."))
    elif judged:
        said.insert(0, msg("Since the decision: {weeks}", weeks=kpi_words.on_target(*reached)))
    return Told(following, tuple(said), reached)
