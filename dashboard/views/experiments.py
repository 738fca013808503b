"""One change at a time: the experiments, and the good practices that came out of them."""

from functools import partial

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.conflict import conflict_panel
from dashboard.components.experiment_form import ending_form, experiment_form
from dashboard.components.experiment_page import experiment_list, kpis_on_trial
from dashboard.components.messages import plain, show_outcome
from dashboard.components.practice_page import practice_form, practice_list
from dashboard.components.words import kpi_names, typed_change
from dashboard.gestures import improve
from dashboard.navigation import Place, title
from dashboard.rhythm.improve.experiment import Experiment
from dashboard.rhythm.improve.practice import Practice
from dashboard.state import selection
from dashboard.text import text

state = selection()
language = state.language
may_edit = session.visitor().may(Capability.EDIT_PLAN)
known = {one.key: one for one in data.kpis.definitions()}
kpis = kpi_names(data.kpis.definitions(), language)


def change(experiment: Experiment) -> None:
    """Open an experiment to describe it otherwise."""
    kpi = known.get(experiment.kpi)

    @st.dialog(text("Change the experiment", language), width="medium")
    def dialog() -> None:
        if experiment_form(
            f"experiment_{experiment.experiment_id}_{experiment.version}",
            kpis,
            data.people.names(),
            state.today,
            language,
            before=experiment,
            effect=typed_change(experiment.effect, kpi.unit, language) if kpi else "",
            send=partial(improve.change_experiment, language, experiment),
        ):
            st.rerun()

    dialog()


def end(experiment: Experiment) -> None:
    """Open an experiment to end it."""

    @st.dialog(text("End the experiment", language), width="medium")
    def dialog() -> None:
        if ending_form(
            experiment, language, send=partial(improve.end_experiment, language, experiment)
        ):
            st.rerun()

    dialog()


def reword(practice: Practice) -> None:
    """Open a good practice to put it in other words."""

    @st.dialog(text("Change the good practice", language), width="medium")
    def dialog() -> None:
        if practice_form(
            f"practice_{practice.practice_id}_{practice.version}",
            data.people.names(),
            language,
            before=practice,
            send=partial(improve.change_practice, language, practice),
        ):
            st.rerun()

    dialog()


st.title(title(Place.EXPERIMENTS, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
st.markdown(
    plain(
        text(
            "One change at a time, with the KPI it should move. The weeks before it and the weeks "
            "after it tell whether it did; what works becomes a good practice.",
            language,
        )
    )
)
trials = data.improve.trials()
if trials:
    wanted = experiment_list(
        trials,
        data.kpis.currency(),
        language,
        may_edit=may_edit,
        keep=partial(improve.make_practice, language),
    )
    if wanted:
        (end if wanted.ends else change)(wanted.experiment)
elif not may_edit:
    st.caption(
        text("No experiment has been started yet. A manager starts the first one.", language)
    )
if may_edit:
    with st.expander(text("Start an experiment", language), expanded=not trials):
        experiment_form(
            "new_experiment",
            kpis_on_trial(kpis, trials, language),
            data.people.names(),
            state.today,
            language,
            send=partial(improve.start_experiment, language),
        )
st.subheader(text("Good practices", language), anchor=False)
practices = data.improve.practices()
if practices:
    asked = practice_list(practices, language, may_edit=may_edit)
    if asked:
        reword(asked)
else:
    st.caption(
        text(
            "None yet. They come from the wins of a meeting, from an experiment that worked, or "
            "from what somebody writes down here.",
            language,
        )
    )
if may_edit:
    with st.expander(text("Add a good practice", language)):
        practice_form(
            "new_practice",
            data.people.names(),
            language,
            send=partial(improve.add_practice, language),
        )
