"""Things to read and to answer, one card each: pacts, experiments, good practices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from dashboard.components.assets import asset, given
from dashboard.scripts import loader

Tone = Literal["", "alert", "good", "quiet"]

_cards = st.components.v2.component(
    "cap90_cards", html='<div class="cards"></div>', css=asset("cards.css"), js=loader()
)


@dataclass(frozen=True)
class Ask:
    """A question with a few answers, and room for a few words.

    Attributes:
        answers: Key and name of each.
        answered: What was answered, in words; None: nothing yet.
        change: What the way back to the question is called.
    """

    question: str
    answers: tuple[tuple[str, str], ...]
    note: str
    answered: str | None = None
    change: str = ""


@dataclass(frozen=True)
class Card:
    """What a card shows; everything is finished text.

    Attributes:
        number: Of the thing; with its version it comes back with every press.
        eyebrow: A line above the title.
        rows: A label and a text each.
        leads: The same with an address each that the text leads to; under the rows.
        text: Paragraphs, between line breaks.
        verdict: What the numbers say, and how loud.
        warning: What speaks against it.
        facts: Small print.
        links: Name and address each.
        history: What it is called and its lines.
        buttons: Key and name of each.
        offer: Key and name of what most people will want to do next.
    """

    number: int
    version: int = 0
    eyebrow: str | None = None
    title: str | None = None
    rows: tuple[tuple[str, str], ...] = ()
    leads: tuple[tuple[str, str, str], ...] = ()
    text: str | None = None
    verdict: tuple[Tone, str] | None = None
    warning: str | None = None
    facts: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    history: tuple[str, tuple[str, ...]] | None = None
    ask: Ask | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    offer: tuple[str, str] | None = None
    tone: Tone = field(default="")


@dataclass(frozen=True)
class Pressed:
    """A button that somebody pressed, on a version they saw."""

    number: int
    version: int
    key: str
    note: str = ""


def cards(
    key: str,
    label: str,
    shown: Sequence[Card],
    *,
    answer: Callable[[Pressed], None] | None = None,
    press: Callable[[Pressed], None] | None = None,
) -> Pressed | None:
    """Show cards one under the other.

    Args:
        key: Unique on the page.
        label: What they are, for those who cannot see where they stand.
        answer: Called with an answer, before the page is drawn again.
        press: Called with a button, before the page is drawn again; what it leaves to the page,
            such as a dialog, is returned as well.

    Returns:
        The button that somebody has just pressed, else None.
    """
    numbers = {card.number for card in shown}

    def told(trigger: str, tell: Callable[[Pressed], None] | None) -> Callable[[], None]:
        def noted() -> None:
            pressed = _pressed(st.session_state[key][trigger])
            if tell is not None and pressed is not None and pressed.number in numbers:
                tell(pressed)

        return noted

    result = _cards(
        key=key,
        data=given({"label": label, "cards": [_card(card) for card in shown]}),
        on_answer_change=told("answer", answer),
        on_press_change=told("press", press),
    )
    pressed = _pressed(result.press)
    return pressed if pressed is not None and pressed.number in numbers else None


def _pressed(sent: object) -> Pressed | None:
    """Return what the browser sent, if it can be meant at all."""
    match sent:
        case {"id": int(number), "version": int(version), "key": str(key), "note": str(note)}:
            return Pressed(number, version, key, note)
        case _:
            return None


def _card(card: Card) -> dict[str, object]:
    ask = card.ask
    return {
        "id": card.number,
        "version": card.version,
        "tone": card.tone,
        "eyebrow": card.eyebrow,
        "title": card.title,
        "rows": [
            *({"label": label, "text": words} for label, words in card.rows),
            *({"label": label, "text": words, "href": href} for label, words, href in card.leads),
        ],
        "paragraphs": [line for line in (card.text or "").split("\n") if line.strip()],
        "verdict": card.verdict and {"tone": card.verdict[0], "text": card.verdict[1]},
        "warning": card.warning,
        "facts": card.facts,
        "links": [{"name": name, "href": href} for name, href in card.links],
        "history": card.history and {"label": card.history[0], "lines": list(card.history[1])},
        "ask": ask
        and {
            "question": ask.question,
            "note": ask.note,
            "answers": [{"key": key, "name": name} for key, name in ask.answers],
            "answered": ask.answered,
            "change": ask.change,
        },
        "buttons": [{"key": key, "name": name} for key, name in card.buttons],
        "offer": card.offer and {"key": card.offer[0], "name": card.offer[1]},
    }
