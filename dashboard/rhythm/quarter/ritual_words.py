"""What the rituals of a quarter say, in sentences. Pure."""

from collections.abc import Iterator

from dashboard.rhythm.effect.gauge import Gauge, Reading
from dashboard.rhythm.effect.words import gauge_sentence
from dashboard.rhythm.meeting.minutes import LEAST_RATINGS
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.quarter.amounts import rating, share
from dashboard.rhythm.quarter.model import Ritual, RitualNumbers
from dashboard.rhythm.series import kind_name
from dashboard.text import render
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import LocalText

_ONE_TO_ONES = msg("One-to-one points")


def name(ritual: Ritual) -> LocalText:
    """Return what a ritual is called."""
    said = _ONE_TO_ONES if ritual is Ritual.ONE_TO_ONE else kind_name(Kind(ritual.value))
    return LocalText(render(said, "en"), render(said, "fr"), render(said, "fr_CA"))


def one_to_ones(held: int, people: int) -> Message:
    """Return how many there were, with how many people."""
    return msg(
        "{held} with {people}.",
        held=msg_plural("{count} point held", "{count} points held", held),
        people=msg_plural("{count} person", "{count} people", people),
    )


def facts(numbers: RitualNumbers, seen: Gauge | None) -> Iterator[Message]:
    """Yield what is known about a ritual, the most important first.

    Args:
        seen: What was felt beside what came of it; None but for weekly meetings.
    """
    yield from _held(numbers)
    if not numbers.held:
        return
    yield from _length(numbers)
    yield from _ratings(numbers)
    if seen is not None and seen.reading not in {Reading.NOT_YET, Reading.NO_RATINGS}:
        yield msg(
            "{said}",
            said=LocalText(
                gauge_sentence(seen, "en"),
                gauge_sentence(seen, "fr"),
                gauge_sentence(seen, "fr_CA"),
            ),
        )
    yield from _brought(numbers)


def _held(numbers: RitualNumbers) -> Iterator[Message]:
    due = numbers.due if numbers.due and numbers.held <= numbers.due else None
    if not numbers.held:
        if due:
            yield msg_plural(
                "Held {held} times, due {count} time.",
                "Held {held} times, due {count} times.",
                due,
                held=0,
            )
        return
    days = {"first": numbers.first_on, "last": numbers.last_on}
    held = (
        msg("Held once, on {first}", **days)
        if numbers.held == 1
        else msg("Held {held} times, from {first} to {last}", held=numbers.held, **days)
    )
    if due:
        yield msg_plural("{held}; due {count} time.", "{held}; due {count} times.", due, held=held)
    else:
        yield msg("{held}.", held=held)


def _length(numbers: RitualNumbers) -> Iterator[Message]:
    if numbers.taken_minutes is None or numbers.planned_minutes is None:
        return
    yield msg_plural(
        "{taken} minutes on average, {planned} planned; {in_time} of {count} on time.",
        "{taken} minutes on average, {planned} planned; {in_time} of {count} on time.",
        numbers.held,
        taken=round(numbers.taken_minutes),
        planned=round(numbers.planned_minutes),
        in_time=numbers.in_time,
    )


def _ratings(numbers: RitualNumbers) -> Iterator[Message]:
    if numbers.rating is None:
        yield msg(
            "No mean rating: no meeting was rated by {least} people or more.", least=LEAST_RATINGS
        )
        return
    yield msg_plural(
        "Rated {rating} on average, in {count} meeting.",
        "Rated {rating} on average, in {count} meetings.",
        numbers.rated,
        rating=rating(numbers.rating),
    )


def _brought(numbers: RitualNumbers) -> Iterator[Message]:
    kept = numbers.kept
    if kept is not None and kept.share is not None:
        said = {"on_time": kept.on_time, "share": share(kept.share), "goal": share(kept.goal)}
        yield msg_plural(
            "{on_time} of {count} commitment kept on its day ({share}); the goal is {goal}.",
            "{on_time} of {count} commitments kept on their day ({share}); the goal is {goal}.",
            kept.due,
            **said,
        )
    decisions = (
        msg_plural(
            "{count} decision with owner and date",
            "{count} decisions with owner and date",
            numbers.decisions,
        )
        # a review also decides what has no owner: what is accepted, what is kept
        if numbers.ritual is Ritual.WEEKLY
        else msg_plural("{count} decision", "{count} decisions", numbers.decisions)
    )
    actions = msg_plural("{count} action given out", "{count} actions given out", numbers.actions)
    yield msg("{decisions}, {actions}.", decisions=decisions, actions=actions)
    if numbers.numbers_meetings:
        yield msg_plural(
            "{count} meeting brought nothing but numbers.",
            "{count} meetings brought nothing but numbers.",
            numbers.numbers_meetings,
        )
