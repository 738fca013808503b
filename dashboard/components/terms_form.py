"""The dialog in which a person's plan is agreed on, and that of a one-to-one point."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.messages import show_outcome, was_refused
from dashboard.components.plan_words import as_typed
from dashboard.rhythm.action import MAX_REASON
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.rhythm.plan.one_to_ones import OneToOne
from dashboard.rhythm.plan.terms import MAX_TEXT, PersonalTerms
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Definition, Unit

#: The lists of an agreement are short; whoever pastes a book is told so.
_LONGEST_LIST = 8_000


@dataclass(frozen=True)
class TypedTerms:
    """Terms as somebody typed them: one line for each account, segment and share.

    Attributes:
        activity: What was typed for a week, by KPI; "" for none.
    """

    accounts: str
    frequencies: str
    rendez_vous: str
    effort: str
    activity: Mapping[str, str]
    means: str


def terms_dialog(
    plan: Plan,
    activities: Sequence[Definition],
    language: Language,
    save: Callable[[TypedTerms, str], bool],
) -> None:
    """Open the form of what a person's plan agrees on."""
    terms = plan.terms or PersonalTerms()
    targets = {one.kpi: one.per_week for one in terms.activity}

    @st.dialog(text("What we agree on", language), width="large")
    def dialog() -> None:
        with st.form("terms", border=False):
            left, right = st.columns(2, gap="medium")
            with left:
                accounts = _lines(
                    text("Target accounts: one a line, name; segment", language),
                    (_joined(one.name, one.segment) for one in terms.accounts),
                )
                effort = _lines(
                    text("Effort by segment: one a line, segment; percent", language),
                    (
                        _joined(one.segment, as_typed(one.percent, Unit.COUNT, language))
                        for one in terms.effort
                    ),
                )
            with right:
                frequencies = _lines(
                    text("Contacts: one a line, segment; every how many weeks", language),
                    (_joined(one.segment, str(one.every_weeks)) for one in terms.frequencies),
                )
                means = st.text_area(
                    text("Means given", language), terms.means, max_chars=MAX_TEXT, height=110
                )
            rendez_vous = st.text_area(
                text("What counts as a customer meeting", language),
                terms.rendez_vous,
                max_chars=MAX_TEXT,
                height=80,
            )
            st.markdown(f"**{text('Own targets per week', language)}**")
            with st.container(horizontal=True, gap="small"):
                activity = {
                    one.key: st.text_input(
                        render(one.name, language),
                        as_typed(targets.get(one.key), Unit.COUNT, language),
                        width=200,
                    )
                    for one in activities
                }
            reason = ""
            if plan.status is PlanStatus.ADOPTED:
                reason = st.text_input(text("Why it changes", language), max_chars=MAX_REASON)
            if st.form_submit_button(text("Save", language), type="primary"):
                typed = TypedTerms(accounts, frequencies, rendez_vous, effort, activity, means)
                _settle(language, accepted=save(typed, reason))

    dialog()


def one_to_one_dialog(held: OneToOne, language: Language, save: Callable[[str, str], bool]) -> None:
    """Open a one-to-one point, to say it in better words."""

    @st.dialog(text("Change what was talked about", language))
    def dialog() -> None:
        with st.form("rewrite_one_to_one", border=False):
            help_asked = st.text_area(
                text("Help asked for", language), held.help_asked, max_chars=MAX_TEXT
            )
            agreed = st.text_area(
                text("What was agreed", language), held.agreed, max_chars=MAX_TEXT
            )
            if st.form_submit_button(text("Save", language), type="primary"):
                _settle(language, accepted=save(help_asked, agreed))

    dialog()


def _lines(label: str, lines: Iterable[str]) -> str:
    return st.text_area(label, "\n".join(lines), max_chars=_LONGEST_LIST, height=140)


def _joined(first: str, second: str) -> str:
    return f"{first}; {second}" if second else first


def _settle(language: Language, *, accepted: bool) -> None:
    """Close the dialog; a refusal is shown in it, and it stays open."""
    if accepted or not was_refused():
        st.rerun()
    show_outcome(language)
