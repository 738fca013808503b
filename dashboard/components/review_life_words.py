"""What the life of a decision of a review says, step by step, in the reader's language."""

from collections.abc import Iterator, Mapping

from dashboard import format as shown
from dashboard.components.decision_effect import Tone, in_short
from dashboard.components.decision_words import (
    Step,
    came,
    day_of,
    done_step,
    effect_step,
    lines,
    loudness,
    on_the_way,
)
from dashboard.navigation import Place, address
from dashboard.report.minutes_gaps import Measured
from dashboard.report.minutes_gaps import decided as decided_words
from dashboard.rhythm.gap_review.decision import GapDecision, response_name
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.rhythm.meeting.words import is_name_of
from dashboard.rhythm.quarter.words import way_name
from dashboard.rhythm.review_lives.model import Former, Handed, ReviewLife
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition
from pipelines.periods import Calendar, Grain


def title(life: ReviewLife, language: Language) -> str:
    """Return what a decision is called: the action, or what it is about."""
    answer = life.answer
    if isinstance(answer, GapDecision) and answer.action is not None:
        return answer.action.title
    return render(life.name, language)


def lead(life: ReviewLife, calendar: Calendar, language: Language) -> tuple[str, Tone]:
    """Return the whole life in one sentence."""
    if life.answer is None:
        return text("Taken back; nothing was decided instead.", language), "work"
    name = render(life.name, language)
    if name == title(life, language):
        name = shown.period_name(life.seen.period, calendar, language)
    parts = (
        text("{name}: {value}.", language, name=name, value=_way(life, language)),
        text("At first it was decided otherwise.", language) if life.former else "",
        came(life.done, language) if life.done else "",
        in_short(life.effect, language) if life.effect else "",
        _reached(life, language),
    )
    return " ".join(part for part in parts if part), loudness(life.done)


def steps(
    life: ReviewLife,
    kpis: Mapping[str, Definition],
    calendar: Calendar,
    timezone: str,
    language: Language,
) -> Iterator[Step]:
    """Yield everything that happened, in its order, and what came of it at the end.

    Args:
        kpis: Those that the reader may see.
        timezone: The company's.
    """
    seen = life.seen
    period = shown.period_name(seen.period, calendar, language)
    yield Step(
        None,
        text("What the review saw, {period}", language, period=period),
        lines(seen.said, language),
        facts=((text("Cause", language), life.cause),) if life.cause.strip() else (),
    )
    for one in life.former:
        yield _former(one, timezone, language)
    if life.answer is not None:
        yield _decided(life, language)
    if life.changed:
        yield Step(None, text("What it changed", language), lines(life.changed, language))
    for handed in life.handed:
        yield _handed(handed, life, language)
    if life.done is not None:
        yield from on_the_way(life.done, kpis, timezone, language)
        yield done_step(life.done, life.due_on or life.done.action.due_on, language)
    if life.effect:
        yield effect_step(life.effect, life.done, language)
    if life.since:
        facts = tuple(
            (shown.period_name(one.period, calendar, language), lines(one.said, language))
            for one in life.since
        )
        yield Step(None, text("Since then", language), "", facts=facts)


def _reached(life: ReviewLife, language: Language) -> str:
    """Return in how many months or weeks since the KPI was on target."""
    reached, judged = (sum(one.reached[place] for one in life.since) for place in (0, 1))
    if not judged:
        return ""
    if life.seen.period.grain is Grain.MONTH:
        return text_plural(
            "Since then on target in {part} of {count} month.",
            "Since then on target in {part} of {count} months.",
            judged,
            language,
            part=str(reached),
        )
    return text_plural(
        "Since then on target in {part} of {count} week.",
        "Since then on target in {part} of {count} weeks.",
        judged,
        language,
        part=str(reached),
    )


def _way(life: ReviewLife, language: Language) -> str:
    answer = life.answer
    if answer is None:
        return ""
    if isinstance(answer, GapDecision):
        return render(response_name(answer.response), language)
    return render(way_name(answer.way), language)


def _former(one: Former, timezone: str, language: Language) -> Step:
    return Step(
        day_of(one.at, timezone),
        text("At first", language),
        render(one.said, language),
        more=one.by or "",
        small=True,
    )


def _handed(one: Handed, life: ReviewLife, language: Language) -> Step:
    """Return what became of a blocker, with the way to what was decided about it."""
    decision = str(one.decisions[0][0]) if one.decisions else ""
    return Step(
        one.at.held_on if one.at else None,
        text("The blocker made of it", language),
        "\n".join(said for _, said in one.decisions) or _became(one, language),
        "work" if one.status is BlockerStatus.OPEN else "plain",
        more="" if is_name_of(one.title, life.name) else one.title,
        at=one.at,
        href=decision and address(Place.DECISION, language, decision=decision),
    )


def _became(one: Handed, language: Language) -> str:
    match one.status:
        case BlockerStatus.OPEN:
            return text("No meeting has worked it yet.", language)
        case BlockerStatus.WORKED:
            return text("A meeting worked it.", language)
        case BlockerStatus.PARKED:
            day = shown.dated(one.until, language) if one.until else shown.NOTHING
            return text("It is on hold until {day}.", language, day=day)
        case BlockerStatus.DROPPED:
            return text("It is in nobody's way any more.", language)


def _decided(life: ReviewLife, language: Language) -> Step:
    answer = life.answer
    if isinstance(answer, GapDecision):
        unit = life.unit
        said = decided_words(answer, Measured(unit, life.currency, language)) if unit else ""
    elif answer is not None:
        way = text("{name}: {value}", language, name=_way(life, language), value=answer.reason)
        said = "\n".join(part for part in (way, answer.change) if part)
    else:
        said = ""
    by = answer.decided_by if answer else None
    return Step(
        life.at.held_on,
        text("Decision", language),
        said,
        more=text("decided by {name}", language, name=by) if by else "",
        at=life.at,
    )
