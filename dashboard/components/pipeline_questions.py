"""The questions of a pipeline review, one card each, and the action that may come of one."""

from collections.abc import Callable, Sequence
from zlib import crc32

import streamlit as st

from dashboard import format as shown
from dashboard.components.cards import Card, Pressed, cards
from dashboard.components.commitments import Around, NewAction, proposed_day
from dashboard.components.forms import people_and, send_button
from dashboard.components.messages import plain
from dashboard.components.pipeline_work import work_leads
from dashboard.rhythm import pipeline_words as words
from dashboard.rhythm.action import MAX_TITLE
from dashboard.rhythm.under_way import Doing, UnderWay
from dashboard.text import Language, render, text
from pipelines.funnel.model import Deal, Question

#: The form of the action.
FORM = "pipeline_action"
_ACT, _BLOCK = "act", "block"


def questions(
    found: Sequence[Question],
    under_way: UnderWay,
    language: Language,
    *,
    may_act: bool,
    block: Callable[[Question], None] | None,
) -> Question | None:
    """Show what is worth asking, the most at stake first, and what is being done about it already.

    Args:
        may_act: Whether whoever looks may add an action.
        block: Called with a question that is to be a blocker of the next meeting, before the page is
            drawn again; None: they may not.

    Returns:
        The question that somebody wants to act on, else None.
    """
    if not found:
        st.markdown(text("Nothing asks for a question today.", language))
        return None
    by_number = {_number(one.deal): one for one in found}

    def pressed(one: Pressed) -> None:
        if one.key == _BLOCK and block:
            block(by_number[one.number])

    wanted = cards(
        "pipeline_questions",
        text("To ask", language),
        [
            Card(
                number,
                eyebrow=_facts(one.deal, language),
                title=render(one.asked, language),
                text=" ".join(render(fact, language) for fact in one.facts),
                leads=work_leads(doing, under_way.today, language),
                buttons=_offered(doing, language, may_act=may_act, may_block=block is not None),
            )
            for number, one in by_number.items()
            for doing in (under_way.about(one.deal),)
        ],
        press=pressed,
    )
    return by_number[wanted.number] if wanted and wanted.key == _ACT else None


def _offered(
    doing: Doing, language: Language, *, may_act: bool, may_block: bool
) -> tuple[tuple[str, str], ...]:
    """Return the buttons of a question: first for what nobody has done yet."""
    act = text("Add another action", language) if doing.actions else text("Add an action", language)
    offered = [(_ACT, act)] if may_act else []
    if may_block and not doing.blockers:
        block = (_BLOCK, text("Make it a blocker", language))
        offered.insert(0 if doing.actions else 1, block)
    return tuple(offered)


def action_form(
    question: Question,
    around: Around,
    language: Language,
    *,
    add: Callable[[NewAction], bool],
) -> bool:
    """Show the form of an action that a question asks for; tell whether it was added just now.

    Args:
        add: Called with what was filled in; tells whether it was accepted.
    """
    st.markdown(f"*{plain(render(question.asked, language))}*")
    keys = {name: f"{FORM}_{_number(question.deal)}_{name}" for name in ("title", "owner", "due")}
    owner = question.deal.owner if question.deal.owner in around.people else None
    names = people_and(owner, around.people)
    st.session_state.setdefault(keys["title"], render(question.title, language)[:MAX_TITLE])

    def send() -> bool:
        filled = {name: st.session_state[key] for name, key in keys.items()}
        return add(
            NewAction(
                filled["title"],
                filled["owner"] or "",
                filled["due"],
                None,
                deal=question.deal.key,
            )
        )

    with st.form(FORM, border=False):
        st.text_input(text("What will be done", language), key=keys["title"], max_chars=MAX_TITLE)
        who, when = st.columns([2, 1], gap="small")
        who.selectbox(
            text("Who", language),
            names,
            index=names.index(owner) if owner else (0 if len(names) == 1 else None),
            placeholder=text("Choose", language),
            key=keys["owner"],
        )
        when.date_input(
            text("By when", language),
            value=proposed_day(around.today),
            format=shown.date_field(language),
            key=keys["due"],
        )
        return send_button(FORM, text("Add", language), language, send)


def _number(deal: Deal) -> int:
    """Return what the browser calls a deal."""
    return crc32(deal.key.encode())


def _facts(deal: Deal, language: Language) -> str:
    parts = (
        words.amount(deal.amount, deal.currency, language) if deal.amount is not None else "",
        deal.owner,
        deal.stage,
    )
    return " · ".join(part for part in parts if part)
