"""The form that writes a pact, or writes it otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components.forms import send_button
from dashboard.rhythm.pact import words
from dashboard.rhythm.pact.model import (
    LANDING_GRAINS,
    MAX_SENTENCE,
    MOST_WEEKS,
    Pact,
    Terms,
    Trigger,
)
from dashboard.rhythm.pact.words import Around
from dashboard.text import Language, text
from pipelines.kpis.definition import Unit
from pipelines.periods import Grain

_TRIGGERS: tuple[Trigger, ...] = tuple(Trigger)
_USUAL_WEEKS = 2


@dataclass(frozen=True)
class NewPact:
    """A pact as somebody filled it in; numbers are still text."""

    trigger: Trigger
    kpi: str | None
    grain: Grain | None
    share: str
    amount: str
    weeks: int | None
    decision: str
    reflex: str


def pact_form(
    key: str,
    around: Around,
    kpis: Mapping[str, str],
    *,
    before: Pact | None = None,
    send: Callable[[NewPact], bool],
) -> bool:
    """Show the form of a pact.

    Args:
        key: Unique on the page.
        kpis: Names of the KPIs to choose from, by key.
        before: The pact to change; None: a new one.
        send: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.

    Returns:
        Whether it was sent just now, and not refused.
    """
    language = around.language
    terms = before.terms if before else Terms()
    # outside the form: which fields there are depends on it
    trigger = st.selectbox(
        text("When", language),
        _TRIGGERS,
        index=_TRIGGERS.index(before.trigger) if before else 0,
        format_func=lambda known: words.trigger_name(known, language),
        key=f"{key}_trigger",
        width=480,
    )

    def filled_in() -> bool:
        state = st.session_state
        return send(
            NewPact(
                trigger=trigger,
                kpi=state.get(f"{key}_kpi"),
                grain=state.get(f"{key}_grain"),
                share=state.get(f"{key}_share", ""),
                amount=state.get(f"{key}_amount", ""),
                weeks=state.get(f"{key}_weeks"),
                decision=state[f"{key}_decision"],
                reflex=state[f"{key}_reflex"],
            )
        )

    with st.form(key, border=False):
        _terms_fields(key, trigger, terms, around, kpis)
        st.text_input(
            text("we will", language),
            value=before.decision if before else "",
            key=f"{key}_decision",
            max_chars=MAX_SENTENCE,
            placeholder=text("call the ten best customers and ask what they need", language),
        )
        st.text_input(
            text("we will not", language),
            value=before.reflex if before else "",
            key=f"{key}_reflex",
            max_chars=MAX_SENTENCE,
            placeholder=text("give a discount to close before the end of the month", language),
        )
        return send_button(
            key,
            text("Save", language) if before else text("Write the pact", language),
            language,
            filled_in,
            emptied=("decision", "reflex"),
        )


def _terms_fields(
    key: str, trigger: Trigger, terms: Terms, around: Around, kpis: Mapping[str, str]
) -> None:
    language = around.language
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if trigger in {Trigger.OUTSIDE_LIMITS, Trigger.BELOW_TARGET}:
            keys = list(kpis)
            st.selectbox(
                text("KPI", language),
                keys,
                index=keys.index(terms.kpi) if terms.kpi and terms.kpi in kpis else None,
                placeholder=text("Choose", language),
                format_func=lambda known: kpis[known],
                key=f"{key}_kpi",
                width=320,
            )
        if trigger is Trigger.BELOW_TARGET:
            st.text_input(
                text("below this share of the target", language),
                value=shown.value(terms.share or 0.8, Unit.PERCENT, language),
                key=f"{key}_share",
                width=220,
            )
            st.selectbox(
                text("of the", language),
                LANDING_GRAINS,
                index=LANDING_GRAINS.index(terms.grain or Grain.QUARTER),
                format_func=lambda grain: _grain_name(grain, language),
                key=f"{key}_grain",
                width=150,
            )
        if trigger is Trigger.DEAL_SLIPS:
            amount = shown.plain_number(terms.amount, language) if terms.amount else ""
            st.text_input(
                text("Amount from which a deal is watched", language),
                value=amount,
                key=f"{key}_amount",
                placeholder="50000",
                width=280,
            )
        if trigger is Trigger.QUARTER_ENDS:
            st.number_input(
                text("How many weeks", language),
                min_value=1,
                max_value=MOST_WEEKS,
                value=terms.weeks or _USUAL_WEEKS,
                key=f"{key}_weeks",
                width=160,
            )


def _grain_name(grain: Grain, language: Language) -> str:
    return text("month", language) if grain is Grain.MONTH else text("quarter", language)
