"""A decision's whole life: raised, worked, decided, done, and what it changed."""

import streamlit as st

from dashboard import data, session
from dashboard.components.decision_list import decision_list
from dashboard.components.decision_page import decision_life
from dashboard.components.files import file_links
from dashboard.components.messages import plain
from dashboard.downloads import table_files
from dashboard.navigation import Place, address, allowed, title
from dashboard.rhythm.meeting.life import DecisionLife
from dashboard.state import decision_asked_for, selection
from dashboard.text import Language, text


def links(life: DecisionLife, language: Language) -> dict[str, str]:
    """Return where else to go from a decision."""
    found = {}
    kpi = life.effect.kpi if life.effect else None
    if kpi and allowed(Place.KPI, session.visitor()):
        found[text("The KPI", language)] = address(Place.KPI, language, kpi=kpi.key)
    if life.done and life.done.events is not None and allowed(Place.ACTIONS, session.visitor()):
        found[text("Actions", language)] = address(
            Place.ACTIONS, language, status="all", person=life.done.action.owner
        )
    found[text("All decisions", language)] = address(Place.DECISION, language)
    return found


def one_decision(decision_id: int, language: Language) -> None:
    """Show the life of a decision."""
    life = data.minutes.decision(decision_id)
    st.caption(title(Place.DECISION, language))
    st.title(plain(life.text), anchor=False)
    decision_life(
        life,
        {kpi.key: kpi for kpi in data.kpis.definitions()},
        data.access.timezone(),
        language,
        links=links(life, language),
    )


def all_decisions(language: Language) -> None:
    """Show every decision of the closed meetings."""
    st.title(text("Decisions", language), anchor=False)
    found = data.minutes.decisions()
    if not found:
        st.caption(text("What a meeting decides is here as soon as it is closed.", language))
        return
    decision_list(found, language)
    file_links("decisions_files", table_files("decisions", language), language)


asked, spoken = decision_asked_for(), selection().language
if asked is not None:
    one_decision(asked, spoken)
else:
    all_decisions(spoken)
