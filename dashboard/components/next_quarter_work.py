"""The lines of the next quarter's form for what is under way: open actions, running experiments."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.rhythm.action import MAX_REASON
from dashboard.rhythm.improve.experiment import Outcome
from dashboard.rhythm.improve.words import outcome_choice
from dashboard.rhythm.quarter.draft import DraftAction, DraftExperiment
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.written import MAX_TEXT
from dashboard.text import Language, text


def action_lines(
    form: str, actions: Sequence[DraftAction], language: Language
) -> list[Callable[[], DraftAction]]:
    """Show each open action with what becomes of it; return what reads them."""
    st.subheader(text("Open actions", language), anchor=False)
    if not actions:
        st.caption(text("No action is open.", language))
    ways = {
        Way.KEEP: text("goes on", language),
        Way.CHANGE: text("goes on, changed", language),
        Way.DROP: text("is given up", language),
    }
    return [_action(form, one, ways, language) for one in actions]


def _action(
    form: str, one: DraftAction, ways: Mapping[Way, str], language: Language
) -> Callable[[], DraftAction]:
    key = f"{form}_action_{one.action_id}"
    st.markdown(
        plain(text("{title} ({owner})", language, title=one.title, owner=one.owner)),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            text("What becomes of it", language),
            list(ways),
            index=list(ways).index(one.way),
            format_func=lambda way: ways[way],
            key=f"{key}_way",
            width=180,
        )
        st.date_input(
            text("Due", language),
            value=one.due_on,
            format=shown.date_field(language),
            key=f"{key}_due",
            width=160,
        )
        st.text_input(
            text("Why", language),
            value=one.reason,
            max_chars=MAX_REASON,
            key=f"{key}_reason",
            width=360,
        )

    def read() -> DraftAction:
        state = st.session_state
        return DraftAction(
            one.action_id,
            one.version,
            one.title,
            one.owner,
            state[f"{key}_due"] or one.due_on,
            one.priority_id,
            state[f"{key}_way"],
            state[f"{key}_reason"],
            one.kpi,
            one.due_before,
        )

    return read


def experiment_lines(
    form: str, experiments: Sequence[DraftExperiment], language: Language
) -> list[Callable[[], DraftExperiment]]:
    """Show each running experiment with how it ends; return what reads them."""
    if not experiments:
        return []
    st.subheader(text("Running experiments", language), anchor=False)
    return [_experiment(form, one, language) for one in experiments]


def _experiment(
    form: str, one: DraftExperiment, language: Language
) -> Callable[[], DraftExperiment]:
    key = f"{form}_experiment_{one.experiment_id}"
    outcomes: list[Outcome | None] = [None, *Outcome]
    st.markdown(plain(one.title))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            text("What becomes of it", language),
            outcomes,
            index=outcomes.index(one.outcome),
            format_func=lambda wanted: (
                outcome_choice(wanted, language) if wanted else text("goes on", language)
            ),
            key=f"{key}_outcome",
            width=320,
        )
        st.text_input(
            text("What was learned", language),
            value=one.conclusion,
            max_chars=MAX_TEXT,
            key=f"{key}_conclusion",
            width=360,
        )

    def read() -> DraftExperiment:
        state = st.session_state
        return DraftExperiment(
            one.experiment_id,
            one.version,
            one.title,
            one.kpi,
            state[f"{key}_outcome"],
            state[f"{key}_conclusion"],
        )

    return read
