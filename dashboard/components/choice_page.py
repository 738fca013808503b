"""The five to seven KPIs that the company steers by."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.components.messages import beside, plain, show_refusal
from dashboard.text import Language, render, text
from pipelines.errors import Message
from pipelines.kpis.choice import FEWEST, MOST, Choice
from pipelines.kpis.definition import Definition, Kind, LocalText

#: Pixels; a KPI's question fits into one line, and whoever answers for it stands near.
_NAME_WIDTH = 440


def choice_form(
    definitions: Sequence[Definition],
    reasons: Mapping[str, Message | LocalText | None],
    current: Sequence[Choice],
    people: Sequence[str],
    language: Language,
    *,
    is_proposal: bool,
    choose: Callable[[list[tuple[str, str | None]]], None],
) -> None:
    """Show every KPI with a box and a person; those that the data cannot support say why.

    Args:
        reasons: Why a KPI is unavailable, None if it is available.
        current: What is chosen, or proposed.
        choose: Called with the boxes that are ticked, in the order of the page.
    """
    st.markdown(
        plain(
            text(
                "Five to seven KPIs, at least two of activity (what we do) and two of results "
                "(what comes of it). Each has one person who answers for it.",
                language,
            )
        )
    )
    if is_proposal and current:
        st.info(text("Nothing has been chosen yet; this is a proposal.", language))
    wanted = {choice.key: choice for choice in current}
    with st.form("choice", border=False):
        for kind in Kind:
            st.subheader(_kind_name(kind, language), anchor=False)
            for kpi in definitions:
                if kpi.kind is kind:
                    _line(kpi, reasons[kpi.key], wanted.get(kpi.key), people, language)

        def submit() -> None:
            available = (kpi for kpi in definitions if _may_be_chosen(kpi, reasons[kpi.key]))
            ticked = [kpi.key for kpi in available if st.session_state[f"chosen_{kpi.key}"]]
            # what was chosen before keeps its place
            ticked.sort(key=lambda key: wanted[key].position if key in wanted else MOST + 1)
            choose([(key, st.session_state[f"responsible_{key}"] or None) for key in ticked])

        show_refusal("choice", language)
        st.form_submit_button(
            text("Steer by these", language),
            on_click=beside("choice", submit),
            type="primary",
            help=text("{fewest} to {most} of them", language, fewest=FEWEST, most=MOST),
        )


def _may_be_chosen(kpi: Definition, reason: Message | LocalText | None) -> bool:
    """Tell whether a KPI has numbers, or gets them from whoever answers for it."""
    return reason is None or kpi.measure is None


def _line(
    kpi: Definition,
    reason: Message | LocalText | None,
    choice: Choice | None,
    people: Sequence[str],
    language: Language,
) -> None:
    name = plain(render(kpi.name, language))
    if reason is not None and not _may_be_chosen(kpi, reason):
        why = plain(render(reason, language))
        st.markdown(f":gray[{name} — {text('unavailable', language)}. {why}]")
        return
    question = plain(render(kpi.question, language))
    # on a telephone, the person stands below
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(gap=None, width=_NAME_WIDTH):
            st.checkbox(name, value=choice is not None, key=f"chosen_{kpi.key}", wrap=True)
            st.caption(f"{question} {plain(render(reason, language))}" if reason else question)
        responsible = choice.responsible if choice else None
        names = [*people] if responsible in (*people, None) else [responsible, *people]
        st.selectbox(
            plain(text("Responsible for {name}", language, name=kpi.name)),
            names,
            index=names.index(responsible) if responsible else None,
            accept_new_options=True,
            placeholder=text("Responsible", language),
            label_visibility="collapsed",
            key=f"responsible_{kpi.key}",
            width=200,
        )


def _kind_name(kind: Kind, language: Language) -> str:
    if kind is Kind.INPUT:
        return text("Activity: what we do", language)
    return text("Results: what comes of it", language)
