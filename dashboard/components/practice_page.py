"""Good practices: found by their words, added and put in other words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import format as shown
from dashboard.components.cards import Card, cards
from dashboard.components.forms import people_and, send_button
from dashboard.rhythm.improve.practice import MAX_TITLE, TYPED, Practice, matching
from dashboard.rhythm.improve.words import origin_word
from dashboard.rhythm.written import MAX_TEXT
from dashboard.text import Language, text, text_plural

_CHANGE = "change"
#: More than anybody reads; the search finds the others.
_SHOWN = 30
#: A list that one glance takes in needs no search.
_FEW = 3


@dataclass(frozen=True)
class NewPractice:
    """A good practice as somebody filled it in."""

    title: str
    text: str
    person: str | None


def practice_list(
    practices: Sequence[Practice], language: Language, *, may_edit: bool
) -> Practice | None:
    """Show the good practices, with a search above them once there are some.

    Returns:
        The practice that somebody has just asked to change, else None.
    """
    wanted = ""
    if len(practices) > _FEW:
        wanted = st.text_input(
            text("Search the good practices", language),
            key="practice_search",
            placeholder=text("a word or two", language),
            width=360,
        )
    found = matching(practices, wanted)
    if practices and not found:
        st.caption(text("None holds all these words.", language))
        return None
    pressed = cards(
        "practices",
        text("Good practices", language),
        [_card(one, language, may_edit=may_edit) for one in found[:_SHOWN]],
    )
    if len(found) > _SHOWN:
        st.caption(
            text_plural(
                "{count} more: search for it.",
                "{count} more: search for them.",
                len(found) - _SHOWN,
                language,
            )
        )
    if pressed is None or pressed.key != _CHANGE:
        return None
    by_number = {one.practice_id: one for one in found}
    # what the person saw, though the list may be newer by now
    return replace(by_number[pressed.number], version=pressed.version)


def practice_form(
    key: str,
    people: Sequence[str],
    language: Language,
    *,
    before: Practice | None = None,
    send: Callable[[NewPractice], bool],
) -> bool:
    """Show the form of a good practice.

    Args:
        key: Unique on the page.
        before: The one to change; None: a new one.
        send: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.

    Returns:
        Whether it was sent just now, and not refused.
    """

    def filled_in() -> bool:
        state = st.session_state
        return send(
            NewPractice(state[f"{key}_title"], state[f"{key}_text"], state[f"{key}_person"])
        )

    person = before.person if before else None
    names = people_and(person, people)
    with st.form(key, border=False):
        st.text_input(
            text("What works", language),
            value=before.title if before else "",
            max_chars=MAX_TITLE,
            key=f"{key}_title",
        )
        st.text_area(
            text("How it is done", language),
            value=before.text if before else "",
            max_chars=MAX_TEXT,
            key=f"{key}_text",
            height=90,
        )
        st.selectbox(
            text("Whom to ask about it", language),
            names,
            index=names.index(person) if person else None,
            placeholder=text("Nobody in particular", language),
            key=f"{key}_person",
            width=260,
        )
        return send_button(
            key,
            text("Save", language) if before else text("Add the good practice", language),
            language,
            filled_in,
            emptied=("title", "text"),
        )


def _card(one: Practice, language: Language, *, may_edit: bool) -> Card:
    return Card(
        one.practice_id,
        one.version,
        title=one.title,
        text=one.text,
        facts=" · ".join(_facts(one, language)),
        buttons=((_CHANGE, text("Change", language)),) if may_edit else (),
    )


def _facts(one: Practice, language: Language) -> list[str]:
    facts = [one.person] if one.person else []
    if one.origin != TYPED:
        facts.append(origin_word(one.origin, language))
    return [*facts, shown.dated(one.added_on, language)]
