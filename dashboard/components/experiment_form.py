"""The forms that start an experiment, describe it otherwise, and end it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.components.forms import people_and, send_button
from dashboard.components.messages import plain
from dashboard.rhythm.improve import words
from dashboard.rhythm.improve.experiment import MAX_TITLE, MOST_LAG_WEEKS, Experiment, Outcome
from dashboard.rhythm.written import MAX_TEXT
from dashboard.text import Language, text

_FIELDS = ("title", "hypothesis", "kpi", "owner", "starts_on", "effect", "lag_weeks")


@dataclass(frozen=True)
class NewExperiment:
    """An experiment as somebody filled it in; the effect is still text."""

    title: str
    hypothesis: str
    kpi: str | None
    owner: str | None
    starts_on: date | None
    effect: str
    lag_weeks: int


def experiment_form(
    key: str,
    kpis: Mapping[str, str],
    people: Sequence[str],
    start: date,
    language: Language,
    *,
    before: Experiment | None = None,
    effect: str = "",
    send: Callable[[NewExperiment], bool],
) -> bool:
    """Show the form of an experiment.

    Args:
        key: Unique on the page.
        kpis: Names of the KPIs to choose from, by key.
        start: The first day to propose.
        before: The experiment to change; None: a new one.
        effect: Its effect, as it is typed.
        send: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.

    Returns:
        Whether it was sent just now, and not refused.
    """

    def filled_in() -> bool:
        state = st.session_state
        return send(NewExperiment(**{field: state[f"{key}_{field}"] for field in _FIELDS}))

    keys = list(kpis)
    owner = before.owner if before else None
    names = people_and(owner, people)
    with st.form(key, border=False):
        st.text_input(
            text("What is done differently", language),
            value=before.title if before else "",
            max_chars=MAX_TITLE,
            key=f"{key}_title",
            placeholder=text("Call back every quote after three days", language),
        )
        st.text_area(
            text("Hypothesis: what will happen, and why", language),
            value=before.hypothesis if before else "",
            max_chars=MAX_TEXT,
            key=f"{key}_hypothesis",
            height=90,
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.selectbox(
                text("The KPI it should move", language),
                keys,
                index=keys.index(before.kpi) if before and before.kpi in keys else None,
                format_func=lambda known: kpis[known],
                placeholder=text("Choose", language),
                key=f"{key}_kpi",
                width=300,
            )
            st.text_input(
                text("Expected effect, with its sign", language),
                value=effect,
                key=f"{key}_effect",
                placeholder=text("+5 or −3%", language),
                width=210,
            )
            st.number_input(
                text("Shows after (weeks)", language),
                min_value=0,
                max_value=MOST_LAG_WEEKS,
                value=before.lag_weeks if before else 2,
                key=f"{key}_lag_weeks",
                width=170,
            )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.date_input(
                text("First day", language),
                value=before.starts_on if before else start,
                format=shown.date_field(language),
                key=f"{key}_starts_on",
                width=150,
            )
            st.selectbox(
                text("Responsible", language),
                names,
                index=names.index(owner) if owner else None,
                accept_new_options=True,
                placeholder=text("Choose", language),
                key=f"{key}_owner",
                width=260,
            )
        return send_button(
            key,
            text("Save", language) if before else text("Start the experiment", language),
            language,
            filled_in,
            emptied=("title", "hypothesis", "effect"),
        )


def ending_form(
    experiment: Experiment,
    language: Language,
    *,
    send: Callable[[Outcome | None, str], bool],
) -> bool:
    """Show the form that ends an experiment; see ``experiment_form``."""
    key = f"end_{experiment.experiment_id}"

    def filled_in() -> bool:
        return send(st.session_state[f"{key}_outcome"], st.session_state[f"{key}_conclusion"])

    st.markdown(f"**{plain(experiment.title)}**")
    with st.form(key, border=False):
        st.radio(
            text("What becomes of it", language),
            list(Outcome),
            index=None,
            format_func=lambda outcome: words.outcome_choice(outcome, language),
            key=f"{key}_outcome",
        )
        st.text_area(
            text("What was learned, with the numbers", language),
            max_chars=MAX_TEXT,
            key=f"{key}_conclusion",
            height=90,
        )
        return send_button(key, text("End the experiment", language), language, filled_in)
