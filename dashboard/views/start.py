"""The first steps of a company: each with its own form, left and resumed as people like."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.components.choice_page import choice_form
from dashboard.components.conflict import conflict_panel
from dashboard.components.entry_page import incomplete_kpis
from dashboard.components.import_page import questions, report, upload_form
from dashboard.components.job_list import being_read, watched
from dashboard.components.messages import show_outcome
from dashboard.components.settings_page import company_form, meeting_form
from dashboard.components.start_page import (
    all_done,
    people_form,
    progress_line,
    step_heading,
    step_list,
    ways_on,
)
from dashboard.components.target_page import target_form
from dashboard.gestures import company as company_gestures
from dashboard.gestures import imports as import_gestures
from dashboard.gestures import kpis as kpi_gestures
from dashboard.navigation import Place, go, title
from dashboard.rhythm.first_steps import first_meeting, next_step, path
from dashboard.state import Selection, first_step, selection, show_first_step
from dashboard.text import Language, text, text_plural
from pipelines.periods import Grain
from pipelines.settings import FirstStep
from pipelines.workdays import working_days


def take_in(language: Language) -> None:
    """Take a file in, and ask what it leaves open."""
    if pending := import_gestures.pending_import():
        questions(pending.report, language, answer=partial(import_gestures.answer_import, language))
        return
    if import_gestures.running_import(language):
        watched(
            partial(import_gestures.running_import, language),
            partial(
                being_read, language=language, stop=partial(import_gestures.stop_job, language)
            ),
        )
    elif upload := upload_form(language):
        with st.spinner(text("Reading the file…", language)):
            import_gestures.take_in(language, upload)
        st.rerun()  # what is to be said stands above the form


def choose_kpis(language: Language) -> None:
    """Choose the KPIs."""
    choice, is_proposal = data.kpis.choice()
    if without := [] if is_proposal else [one for one in choice if not one.responsible]:
        st.info(
            text_plural(
                "{count} KPI has nobody yet who answers for it.",
                "{count} KPIs have nobody yet who answers for them.",
                len(without),
                language,
            )
        )
    choice_form(
        data.kpis.definitions(),
        data.kpis.availability(),
        choice,
        data.people.names(),
        language,
        is_proposal=is_proposal,
        choose=partial(kpi_gestures.choose, language),
    )


def show(step: FirstStep, state: Selection) -> None:
    """Show the form of a step."""
    language, settings = state.language, company.settings()
    match step:
        case FirstStep.COMPANY:
            company_form(company_gestures.form(language), label=text("This is right", language))
        case FirstStep.PEOPLE:
            people_form(
                data.people.at_work(), language, add=partial(company_gestures.add_people, language)
            )
        case FirstStep.FILES:
            take_in(language)
        case FirstStep.QUESTIONS:
            if (
                FirstStep.QUESTIONS in data.steps.first_steps()
                and not import_gestures.pending_import()
            ):
                st.success(
                    text("Nothing is open: everything in your files was understood.", language)
                )
            take_in(language)
            incomplete_kpis(
                data.entries.incomplete_kpis(),
                language,
                save=partial(kpi_gestures.save_kpi, language),
            )
        case FirstStep.KPIS:
            choose_kpis(language)
        case FirstStep.TARGETS:
            target_form(
                data.kpis.without_target() or data.kpis.definitions(),
                data.people.names(),
                state.calendar.period(Grain.WEEK, state.today).start,
                language,
                add=partial(kpi_gestures.set_target, language),
            )
        case FirstStep.MEETING:
            days = working_days(settings.country, settings.province)
            meeting_form(
                company_gestures.form(language),
                first_meeting(state.today, days),
                label=text("This is the day", language),
            )


state = selection()
language = state.language
st.title(title(Place.START, language), anchor=False)
running = import_gestures.running_import(language)
show_outcome(language)
conflict_panel(session.served().workspace.settings.timezone, language)
done = data.steps.first_steps()
if import_gestures.pending_import():  # the file is there, and waits for its answers
    done = done - {FirstStep.QUESTIONS} | {FirstStep.FILES}
steps = path(done, company.settings().first_steps.skipped)
step = first_step() or next_step(steps)
progress_line(steps, language)
left, right = st.columns([1, 2], gap="large")
with left:
    step_list(steps, step, language, show=show_first_step)
with right:
    if result := import_gestures.last_import():
        report(result, language)
    if step is None:
        if all_done(language):
            go(Place.WEEK, language)
    else:
        step_heading(step, language)
        show(step, state)
        if ways_on(
            step,
            steps[step],
            language,
            skip=partial(company_gestures.skip, language),
            take_up=partial(company_gestures.take_up, language),
        ):
            go(Place.WEEK, language)
