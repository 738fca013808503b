"""A decision's whole life: raised, worked, decided, done, and what it changed."""

import streamlit as st

from dashboard import data, session
from dashboard.components import decision_words
from dashboard.components import review_life_words as review_words
from dashboard.components.decision_list import decision_list
from dashboard.components.decision_page import decision_life
from dashboard.components.decision_words import other_step
from dashboard.components.files import file_links
from dashboard.components.messages import plain
from dashboard.downloads import table_files
from dashboard.navigation import Place, address, allowed, title
from dashboard.rhythm.meeting.life import Done
from dashboard.state import Selection, decision_asked_for, selection
from dashboard.text import Language, text
from pipelines.kpis.definition import Definition


def links(kpi: str | None, done: Done | None, language: Language, **review: str) -> dict[str, str]:
    """Return where else to go from a decision.

    Args:
        review: The number of the review that took it, as its page is asked for.
    """
    found = {}
    if review:
        found[text("The review", language)] = address(Place.REVIEWS, language, **review)
    if kpi in known() and allowed(Place.KPI, session.visitor()):
        found[text("The KPI", language)] = address(Place.KPI, language, kpi=kpi)
    if done and done.events is not None and allowed(Place.ACTIONS, session.visitor()):
        found[text("Actions", language)] = address(
            Place.ACTIONS, language, status="all", person=done.action.owner
        )
    found[text("All decisions", language)] = address(Place.DECISION, language)
    return found


def known() -> dict[str, Definition]:
    """Return the KPIs that whoever looks may see."""
    return {kpi.key: kpi for kpi in data.kpis.definitions()}


def heading(said: str, language: Language) -> None:
    """Show what a decision is called."""
    st.caption(title(Place.DECISION, language))
    st.title(plain(said), anchor=False)


def one_decision(decision_id: int, language: Language) -> None:
    """Show the life of a decision."""
    life = data.decisions.decision(decision_id)
    kpi = life.done.action.kpi if life.done else None
    _, later = data.decisions.about_the_same(str(decision_id))
    heading(life.text, language)
    decision_life(
        decision_words.lead(life, language),
        (
            *decision_words.steps(life, known(), data.access.timezone(), language),
            *(other_step(one, text("Decided again", language), language) for one in later),
        ),
        language,
        links=links(kpi, life.done, language),
    )


def one_of_a_review(kind: str, meeting_id: int, thing: str, state: Selection) -> None:
    """Show the life of what a review decided."""
    life, language = data.decisions.review_decision(kind, meeting_id, thing), state.language
    origin, later = data.decisions.about_the_same(life.subject)
    heading(review_words.title(life, language), language)
    decision_life(
        review_words.lead(life, state.calendar, language),
        (
            *((other_step(origin, text("Goes back to", language), language),) if origin else ()),
            *review_words.steps(life, known(), state.calendar, data.access.timezone(), language),
            *(other_step(one, text("Decided again", language), language) for one in later),
        ),
        language,
        links=links(life.kpi, life.done, language, meeting=str(meeting_id)),
    )


def all_decisions(language: Language) -> None:
    """Show every decision of the closed meetings."""
    st.title(text("Decisions", language), anchor=False)
    found = data.decisions.decisions()
    if not found:
        st.caption(text("What a meeting decides is here as soon as it is closed.", language))
        return
    decision_list(found, language)
    file_links("decisions_files", table_files("decisions", language), language)


asked, state = decision_asked_for(), selection()
match asked:
    case None:
        all_decisions(state.language)
    case "", number, _:
        one_decision(number, state.language)
    case kind, number, thing:
        one_of_a_review(kind, number, thing, state)
