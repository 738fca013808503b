"""The life of what a gap review decided: the gap, the decision, and what came of it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from dashboard import format as fmt
from dashboard.rhythm.gap_review.decision import GapDecision, Response
from dashboard.rhythm.gap_review.decision_words import (
    accepting_words,
    acting_words,
    adjusting_words,
)
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.life import At, Done, Effect, effect_of
from dashboard.rhythm.meeting.lives import at_of, done_of
from dashboard.rhythm.meeting.seat import hidden_kpis, seat_at
from dashboard.rhythm.quarter.draft import LaterTarget
from dashboard.rhythm.quarter.model import Item
from dashboard.rhythm.quarter.target_words import moved
from dashboard.rhythm.quarter.work_words import unjudged
from dashboard.rhythm.review_lives.former import former_at
from dashboard.rhythm.review_lives.handed import handed_at
from dashboard.rhythm.review_lives.model import Former, Handed, ReviewLife, Told, no_decision
from dashboard.text import LANGUAGES
from pipelines.analysis.judgement import Aim
from pipelines.analysis.verdict import reached
from pipelines.context import Context
from pipelines.errors import Message, msg
from pipelines.gaps import words
from pipelines.gaps.model import Gap
from pipelines.journal import State
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import LocalText
from pipelines.kpis.target import Standing, in_force, standing
from pipelines.kpis.targets import aimed_at
from pipelines.periods import Grain, Period
from pipelines.store import Cursor

#: Whoever wants to see more looks at the KPI.
_MOST_MONTHS = 6


def gap_life(
    context: Context,
    review: GapReview,
    meeting_id: int,
    kpi: str,
    look: Callable[[Period, str], Item | None],
) -> ReviewLife:
    """Return what a closed gap review decided about a KPI, up to what came of it.

    Args:
        review: As whoever reads may see it.
        look: Returns the evidence about a thing in a quarter as it is today, as they may see it.

    Raises:
        Refused: There is no such decision for them.
        AccessRefused: They were not invited.
    """
    gap, answer = review.gap(kpi), review.decision(kpi)
    if gap is None or answer is None:
        raise no_decision()
    subject, hidden = f"gap {meeting_id} {kpi}", hidden_kpis(context)
    given = answer.action

    def read(cursor: Cursor) -> tuple[At, tuple[Former, ...], Done | None, tuple[Handed, ...]]:
        seat = seat_at(context, cursor, meeting_id)
        return (
            at_of(seat, meeting_id),
            former_at(seat, subject, partial(_words, gap), stands=True),
            done_of(seat, given.action_id, hidden, context.today()) if given else None,
            handed_at(seat, kpi),
        )

    at, former, done, handed = context.store.read(read)
    return ReviewLife(
        subject,
        gap.definition.name,
        kpi,
        at,
        Told(review.month, tuple(_seen(gap))),
        review.cause(kpi),
        answer,
        given.due_on if given else None,
        gap.definition.unit,
        gap.currency,
        former,
        tuple(_held(context, answer, gap)),
        done,
        _effect(context, answer, done, at, look),
        _since(context, gap, review.month),
        handed,
    )


def _words(gap: Gap, state: State) -> Message:
    """Return a decision about a gap as the journal has it."""
    match state["response"]:
        case Response.ACT:
            return acting_words(state["title"], state["owner"], date.fromisoformat(state["due_on"]))
        case Response.ADJUST:
            per = Grain(state["per"]) if state["per"] else None
            day = date.fromisoformat(state["valid_from"])
            numbers = state["value"], state["max_value"], state["at_most"]
            target = LaterTarget(day, *numbers, per)
            return adjusting_words(target, state["reason"], gap.definition.unit, gap.currency)
        case _:
            return accepting_words(state["reason"])


def _seen(gap: Gap) -> Iterator[Message]:
    """Yield how the KPI stood, and where the gap came from."""
    month = gap.month
    if month is None:
        yield msg("{reason}", reason=gap.unavailable or msg("There is no number."))
        return
    aim = None if month.target is None else Aim(month.target, month.max_target, month.at_most)
    yield _stood(month.actual, aim, month.gap, gap)
    if gap.factors is not None and not gap.factors.unavailable:
        yield words.factors_sentence(gap, gap.factors)
    split = words.telling(gap.splits)
    if split is not None:
        yield words.split_sentence(gap, split)


def _stood(actual: float | None, aim: Aim | None, difference: float | None, gap: Gap) -> Message:
    written = [
        fmt.figures(
            actual,
            aim,
            difference,
            gap.definition.unit,
            language,
            currency=gap.currency,
            compact=True,
        )
        for language in LANGUAGES
    ]
    number = LocalText(*(one.number for one in written))
    if aim is None:
        return msg("{value}, without a target", value=number)
    return msg(
        "{actual}, target {target}, gap {gap}",
        actual=number,
        target=LocalText(*(one.target for one in written)),
        gap=LocalText(*(one.gap for one in written)),
    )


def _held(context: Context, answer: GapDecision, gap: Gap) -> Iterator[Message]:
    """Yield which target took the place of which, and what became of it."""
    if answer.target is None:
        return
    targets = [one for one in aimed_at(context, answer.kpi) if one.whose is None]
    found = next((one for one in targets if one.target_id == answer.target.target_id), None)
    if found is None:
        return
    before = [one for one in targets if one.target_id < found.target_id]
    former = in_force(before, found.valid_from)
    yield msg("Target: {target}", target=moved(former, found, gap.definition.unit, gap.currency))
    now, end = standing(found, targets, context.today())
    match now:
        case Standing.IN_FORCE:
            yield msg("This target holds.")
        case Standing.TO_COME:
            yield msg("This target holds from {day} on.", day=found.valid_from)
        case Standing.REPLACED if end is not None:
            yield msg("Another target holds since {day}.", day=end)
        case _:
            yield msg("This target holds no longer.")


def _effect(
    context: Context,
    answer: GapDecision,
    done: Done | None,
    at: At,
    look: Callable[[Period, str], Item | None],
) -> Effect | None:
    if answer.action is None:
        return Effect((unjudged(msg("nothing was to be done")),))
    quarter = context.calendar.period(Grain.QUARTER, at.held_on)
    return effect_of(look(quarter, f"action {answer.action.action_id}"), done)


def _since(context: Context, gap: Gap, month: Period) -> tuple[Told, ...]:
    """Return the finished months since, the newest of them, oldest first."""
    if gap.definition.key not in catalogue(context):
        return ()
    (judged,) = assess(context, [gap.definition.key], Grain.MONTH)
    return tuple(
        Told(
            one.point.period,
            (_stood(one.point.value, one.aim, one.gap, gap),),
            _counted(reached(one, judged.series.definition)),
        )
        for one in judged.points
        if one.point.period > month and not one.point.partial
    )[-_MOST_MONTHS:]


def _counted(on_target: bool | None) -> tuple[int, int]:  # noqa: FBT001 - what it is about
    return (0, 0) if on_target is None else (int(on_target), 1)
