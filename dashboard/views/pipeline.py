"""The pipeline review: what to ask, what moved since last time, what stands still."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.access.rights import Capability
from dashboard.components.files import table_links
from dashboard.components.messages import show_outcome
from dashboard.components.next_step import next_step
from dashboard.components.pipeline_page import (
    bridge_chart,
    change_choice,
    moved_table,
    pipeline_heading,
    said,
)
from dashboard.components.pipeline_questions import action_form, questions
from dashboard.components.pipeline_worries import (
    concentration,
    conversion_section,
    worry_section,
)
from dashboard.downloads import named_tables
from dashboard.exports import PIPELINE
from dashboard.gestures import actions, pipeline
from dashboard.navigation import Place, title
from dashboard.pipeline_state import (
    pipeline_asked,
    show_change,
    show_pipeline_of,
    show_since,
)
from dashboard.state import selection
from dashboard.text import text
from pipelines.errors import msg
from pipelines.funnel.model import Concern, Question

language = selection().language
visitor = session.visitor()
people = data.pipeline.people()
since, person, change = pipeline_asked(people)
review = data.pipeline.review(since, person)


def act(question: Question) -> None:
    """Open the form of the action that a question asks for."""

    @st.dialog(text("Add an action", language), width="medium")
    def dialog() -> None:
        if action_form(
            question,
            data.commitments.around(),
            language,
            add=partial(actions.add_action, language),
        ):
            st.rerun()

    dialog()


st.title(title(Place.PIPELINE, language), anchor=False)
show_outcome(language)
pipeline_heading(
    review.bridge.opening.day,
    data.pipeline.days(),
    person,
    people,
    language,
    show_since=show_since,
    show_person=show_pipeline_of,
)
if review.unavailable:
    next_step(
        review.unavailable,
        msg("Take in a file"),
        Place.IMPORTS,
        visitor,
        language,
        whom=company.whom_to_ask,
    )
    st.stop()
said(review, language)
st.subheader(text("To ask", language), anchor=False)
under_way = data.pipeline.under_way()
wanted = questions(
    review.questions,
    under_way,
    language,
    may_act=visitor.may(Capability.DO_ACTIONS),
    block=partial(pipeline.make_blocker, language) if visitor.may(Capability.TAKE_PART) else None,
)
if wanted:
    act(wanted)
st.subheader(text("What moved", language), anchor=False)
bridge_chart(review, language, pick=show_change)
chosen = change_choice(review.bridge.bars, change, language, pick=show_change)
if chosen:
    moved_table(chosen, review.currency, language)
for concern, heading in (
    (Concern.STALLED, text("Stalled deals", language)),
    (Concern.PAST_CLOSE, text("Close dates in the past", language)),
    (Concern.NO_STEP, text("Without a next step in the CRM", language)),
):
    worry = review.worries[concern]
    worry_section(concern, worry, review.currency, under_way, language, heading=heading)
concentration(review.concentration, review.currency, language)
conversion_section(review.conversion, language)
day = review.bridge.opening.day.isoformat()
tables = named_tables(PIPELINE, language, since=day, person=person or "")
table_links("pipeline_tables", tables, language)
