"""Pacts: those that fired, and those that hold with their records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import format as shown
from dashboard.components.cards import Ask, Card, Pressed, cards
from dashboard.components.messages import plain
from dashboard.navigation import Place, address
from dashboard.rhythm.pact import words
from dashboard.rhythm.pact.model import Pact, PactEvent, Record, Said
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.pact.words import Around
from dashboard.text import Language, text, text_plural

_CHANGE, _END = "change", "end"
#: More would push the week itself out of sight.
_MOST = 3


def fired_pacts(
    found: Sequence[Fired],
    around: Around,
    *,
    answer: Callable[[Pressed], None] | None,
    linked: bool = False,
) -> None:
    """Show the pacts that fired, with what we said we would do: the newest few of them.

    Args:
        found: At least one, oldest first.
        answer: Called with whether it was kept; None: whoever looks does not answer.
        linked: Whether there is a way to the page of the pacts.
    """
    language = around.language
    newest = [_fired(one, around, asks=answer is not None) for one in reversed(found)][:_MOST]
    if linked:
        more = len(found) - len(newest)
        name = (
            text_plural("All pacts, {count} more", "All pacts, {count} more", more, language)
            if more
            else text("All pacts", language)
        )
        newest[-1] = replace(newest[-1], links=((name, address(Place.PACTS, language)),))
    cards("fired_pacts", text("Pressure pacts", language), newest, answer=answer)


@dataclass(frozen=True)
class Asked:
    """What somebody has just asked to do with a pact."""

    pact: Pact
    ends: bool


def pact_list(
    pacts: Sequence[Pact],
    events: Sequence[PactEvent],
    records: Mapping[int, Record],
    around: Around,
    *,
    key: str,
    label: str,
    may_edit: bool,
) -> Asked | None:
    """Show pacts with their records.

    Args:
        label: What the list is called.
        events: When they fired, as far as whoever looks may see why.
        records: By the number of the pact.

    Returns:
        What somebody has just asked to change or end, else None.
    """
    by_number = {pact.pact_id: pact for pact in pacts}
    pressed = cards(
        key,
        label,
        [
            _pact(
                pact,
                [one for one in events if one.pact_id == pact.pact_id],
                records.get(pact.pact_id, Record()),
                around,
                may_edit=may_edit,
            )
            for pact in pacts
        ],
    )
    if pressed is None or pressed.key not in {_CHANGE, _END}:
        return None
    # what the person saw, though the list may be newer by now
    wanted = replace(by_number[pressed.number], version=pressed.version)
    return Asked(wanted, ends=pressed.key == _END)


def ending(language: Language) -> bool:
    """Ask whether a pact is to end for good, and return whether somebody has just said so."""
    st.markdown(
        text(
            "It will no longer show up when it is needed. What happened stays on record.", language
        )
    )
    return st.button(text("End it for good", language), type="primary", key="end_pact")


def _fired(one: Fired, around: Around, *, asks: bool) -> Card:
    event, language = one.event, around.language
    return Card(
        event.event_id,
        event.version,
        tone="alert",
        eyebrow=words.since_words(event.fired_on, language, asks=one.asks),
        title=words.facts_words(event.facts, around),
        rows=_said(event.said, language),
        ask=_ask(event, around) if asks and one.asks else None,
    )


def open_questions(events: Sequence[PactEvent], around: Around) -> list[Card]:
    """Return the firings that nobody has answered for yet, as cards with the question."""
    return [
        Card(
            event.event_id,
            event.version,
            tone="alert",
            eyebrow=text(
                "It holds since {day}",
                around.language,
                day=shown.short_day(event.fired_on, around.language),
            ),
            title=words.facts_words(event.facts, around),
            rows=_said(event.said, around.language),
            ask=_ask(event, around),
        )
        for event in events
        if event.kept is None
    ]


def _pact(
    pact: Pact, events: Sequence[PactEvent], record: Record, around: Around, *, may_edit: bool
) -> Card:
    language = around.language
    when = words.trigger_words(pact.trigger, pact.terms, around)
    history = tuple(
        text(
            "{day}: {facts} {answer}",
            language,
            day=shown.dated(event.fired_on, language),
            facts=words.facts_words(event.facts, around),
            answer=words.answer_words(event, language),
        )
        for event in reversed(events)
    )
    eyebrow = (
        text("Ended on {day}", language, day=shown.dated(pact.ended_on, language))
        if pact.ended_on
        else None
    )
    buttons = ((_CHANGE, text("Change", language)), (_END, text("End the pact", language)))
    return Card(
        pact.pact_id,
        pact.version,
        tone="quiet" if pact.ended_on else "",
        eyebrow=eyebrow,
        rows=(
            (text("When", language), when),
            *_said(Said(pact.decision, pact.reflex), language),
        ),
        facts=text(
            "{record} Written on {day}.",
            language,
            record=words.record_words(record, language),
            day=shown.dated(pact.written_on, language),
        ),
        history=(text("What happened", language), history) if history else None,
        buttons=buttons if may_edit and pact.ended_on is None else (),
    )


def _said(said: Said, language: Language) -> tuple[tuple[str, str], ...]:
    return (
        (text("we will", language), said.decision),
        (text("we will not", language), said.reflex),
    )


def _ask(event: PactEvent, around: Around) -> Ask:
    language = around.language
    return Ask(
        words.question_words(event.facts, around),
        (("kept", text("Kept", language)), ("broken", text("Not kept", language))),
        text("In a few words, if you like", language),
    )


def purpose(language: Language) -> None:
    """Say what pacts are for."""
    st.markdown(
        plain(
            text(
                "Under pressure, everybody falls back on old reflexes. A pact is written while it "
                "is calm: when this happens, we will do that, and not the other. It shows up by "
                "itself when it is needed.",
                language,
            )
        )
    )
