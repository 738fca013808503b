"""The first steps: how far they are, and the words around the form of each."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.settings_words import step_name
from dashboard.rhythm.first_steps import Progress
from dashboard.text import Language, render, text, text_plural
from pipelines.errors import msg
from pipelines.settings import FirstStep

_ICONS = {
    Progress.DONE: ":material/check_circle:",
    Progress.NEXT: ":material/arrow_forward:",
    Progress.TO_DO: ":material/radio_button_unchecked:",
    Progress.SKIPPED: ":material/skip_next:",
}


def progress_line(steps: Mapping[FirstStep, Progress], language: Language) -> None:
    """Show how much of the path lies behind."""
    over = [one for one in steps.values() if one in {Progress.DONE, Progress.SKIPPED}]
    st.progress(
        len(over) / len(steps),
        text=text(
            "{done} of {all} steps are behind you. You may leave at any time and go on later.",
            language,
            done=len(over),
            all=len(steps),
        ),
    )


def step_list(
    steps: Mapping[FirstStep, Progress],
    shown: FirstStep | None,
    language: Language,
    *,
    show: Callable[[FirstStep], None],
) -> None:
    """Show every step with its state; each opens with a click."""
    with st.container(gap=None, key="first_steps"):
        for number, (step, progress) in enumerate(steps.items(), start=1):
            name = plain(render(step_name(step), language))
            label = f"{number}. {name} · {_progress_name(progress, language)}"
            st.button(
                f"**{label}**" if step is shown else label,
                key=f"step_{step.value}",
                type="tertiary",
                icon=_ICONS[progress],
                on_click=show,
                args=(step,),
            )


def step_heading(step: FirstStep, language: Language) -> None:
    """Show what a step is for."""
    st.subheader(render(step_name(step), language), anchor=False)
    st.markdown(plain(render(_PURPOSES[step], language)))


def ways_on(
    step: FirstStep,
    progress: Progress,
    language: Language,
    *,
    skip: Callable[[FirstStep], None],
    take_up: Callable[[FirstStep], None],
) -> bool:
    """Show the ways past a step that is not done; tell whether somebody wants to go on later."""
    if progress is Progress.DONE:
        return False
    with st.container(horizontal=True, gap="small"):
        later = st.button(text("Later", language), key="step_later")
        if progress is Progress.SKIPPED:
            st.button(
                text("Do it after all", language), key="step_again", on_click=take_up, args=(step,)
            )
        else:
            st.button(
                text("Skip this step", language), key="step_skip", on_click=skip, args=(step,)
            )
    return later


def people_form(
    known: Sequence[str], language: Language, *, add: Callable[[Sequence[str]], bool]
) -> None:
    """Show who is known, and the field that takes more names.

    Args:
        add: Called with the names that were written; tells whether they were accepted.
    """
    if known:
        count = text_plural("{count} person", "{count} people", len(known), language)
        st.markdown(plain(f"{count}\N{NO-BREAK SPACE}: {', '.join(known)}"))

    def submit() -> None:
        lines = str(st.session_state["start_people"]).splitlines()
        if add([line.strip() for line in lines if line.strip()]):
            st.session_state["start_people"] = ""

    with st.form("start_people_form", border=False, width=560):
        st.text_area(
            text("Names, one a line", language),
            placeholder="Marie Tremblay\nLuc Gagnon",
            key="start_people",
        )
        show_refusal("people", language)
        st.form_submit_button(
            text("These are all", language) if known else text("Add these people", language),
            on_click=beside("people", submit),
            type="primary",
            help=text("Names above are added first.", language) if known else None,
        )


def all_done(language: Language) -> bool:
    """Say that the path is at its end; tell whether somebody wants to see their week."""
    st.success(text("Everything is ready. Your week begins on its own page.", language))
    return st.button(text("Open my week", language), type="primary", key="start_over")


def _progress_name(progress: Progress, language: Language) -> str:
    match progress:
        case Progress.DONE:
            return text("done", language)
        case Progress.NEXT:
            return text("next", language)
        case Progress.TO_DO:
            return text("to do", language)
        case Progress.SKIPPED:
            return text("skipped", language)


_PURPOSES = {
    FirstStep.COMPANY: msg("Name, place, money and calendar: they decide what every number means."),
    FirstStep.PEOPLE: msg(
        "Whoever sells, and whoever answers for a KPI. Files bring more names by "
        "themselves; people need no login for this."
    ),
    FirstStep.FILES: msg(
        "Export your deals from your CRM as CSV or Excel, everything it has, and drop the "
        "file here."
    ),
    FirstStep.QUESTIONS: msg(
        "Where a file can be read in two ways, you are asked once: nothing is guessed."
    ),
    FirstStep.KPIS: msg(
        "A few that you look at every week are worth more than many that nobody reads."
    ),
    FirstStep.TARGETS: msg(
        "Each KPI needs one number to be held against. It can be changed later, with a "
        "date and a reason."
    ),
    FirstStep.MEETING: msg(
        "Thirty minutes a week, never cancelled. Tuesday leaves Monday to read the week."
    ),
}
