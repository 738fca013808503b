"""Pressure pacts: what we said calmly, and whether we kept it."""

from functools import partial

import streamlit as st

from dashboard import access_data, data, improve_data, session
from dashboard.access.rights import Capability
from dashboard.components.cards import cards
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import show_outcome
from dashboard.components.pact_form import pact_form
from dashboard.components.pact_page import open_questions, pact_list, purpose
from dashboard.components.words import kpi_names
from dashboard.gestures import improve
from dashboard.navigation import Place, title
from dashboard.rhythm.pact.model import Pact
from dashboard.state import selection
from dashboard.text import text

language = selection().language
visitor = session.visitor()
may_edit = visitor.may(Capability.EDIT_PLAN)
around = improve_data.around(language)
kpis = kpi_names(data.definitions(), language)


def change(pact: Pact) -> None:
    """Open a pact to write it otherwise."""

    @st.dialog(text("Change the pact", language), width="medium")
    def dialog() -> None:
        if pact_form(
            f"pact_{pact.pact_id}_{pact.version}",
            around,
            kpis,
            before=pact,
            send=partial(improve.change_pact, language, pact),
        ):
            st.rerun()

    dialog()


st.title(title(Place.PACTS, language), anchor=False)
show_outcome(language)
conflict_panel(access_data.timezone(), language)
purpose(language)
questions = open_questions(improve_data.pact_events(), around)
if questions and visitor.may(Capability.TAKE_PART):
    st.subheader(text("To answer", language), anchor=False)
    cards(
        "questions",
        text("To answer", language),
        questions,
        answer=partial(improve.answer_pact, language),
    )
pacts = improve_data.pacts()
if pacts:
    st.subheader(text("What we agreed", language), anchor=False)
    wanted = pact_list(
        pacts,
        improve_data.pact_events(),
        improve_data.pact_records(),
        around,
        may_edit=may_edit,
        end=partial(improve.end_pact, language),
    )
    if wanted:
        change(wanted)
elif not may_edit:
    st.caption(text("No pact has been written yet. A manager writes the first one.", language))
if may_edit:
    st.subheader(
        text("Write a pact", language) if pacts else text("Write the first pact", language),
        anchor=False,
    )
    pact_form("new_pact", around, kpis, send=partial(improve.write_pact, language))
