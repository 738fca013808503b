"""Pressure pacts: what we said calmly, and whether we kept it."""

from functools import partial

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.cards import cards
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import show_outcome
from dashboard.components.pact_form import pact_form
from dashboard.components.pact_page import ending, open_questions, pact_list, purpose
from dashboard.components.words import kpi_names
from dashboard.gestures import improve
from dashboard.navigation import Place, title
from dashboard.rhythm.pact.model import Pact
from dashboard.state import selection
from dashboard.text import text

language = selection().language
visitor = session.visitor()
may_edit = visitor.may(Capability.EDIT_PLAN)
around = data.improve.around(language)
kpis = kpi_names(data.kpis.definitions(), language)


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


def end(pact: Pact) -> None:
    """Ask whether a pact is to end for good."""

    @st.dialog(text("End the pact for good?", language), width="medium")
    def dialog() -> None:
        if ending(language):
            improve.end_pact(language, pact)
            st.rerun()

    dialog()


st.title(title(Place.PACTS, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
purpose(language)
questions = open_questions(data.improve.pact_events(), around)
if questions and visitor.may(Capability.TAKE_PART):
    st.subheader(text("To answer", language), anchor=False)
    cards(
        "questions",
        text("To answer", language),
        questions,
        answer=partial(improve.answer_pact, language),
    )
pacts = data.improve.pacts()
in_force = [pact for pact in pacts if pact.ended_on is None]
ended = [pact for pact in pacts if pact.ended_on is not None]
for key, heading, listed in (
    ("pacts", text("What we agreed", language), in_force),
    ("ended_pacts", text("Ended pacts", language), ended),
):
    if not listed:
        continue
    st.subheader(heading, anchor=False)
    wanted = pact_list(
        listed,
        data.improve.pact_events(),
        data.improve.pact_records(),
        around,
        key=key,
        label=heading,
        may_edit=may_edit,
    )
    if wanted:
        (end if wanted.ends else change)(wanted.pact)
if not pacts and not may_edit:
    st.caption(text("No pact has been written yet. A manager writes the first one.", language))
if may_edit:
    st.subheader(
        text("Write a pact", language) if pacts else text("Write the first pact", language),
        anchor=False,
    )
    pact_form("new_pact", around, kpis, send=partial(improve.write_pact, language))
