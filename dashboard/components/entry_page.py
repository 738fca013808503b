"""The few numbers that people type, and the KPIs that live from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.table import Column, table
from dashboard.components.words import (
    aggregate_name,
    better_name,
    grain_name,
    kind_name,
    unit_name,
)
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Aggregate, Better, Definition, Kind, Unit
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.hand_kept import HandKept
from pipelines.kpis.target_values import parse_target_value
from pipelines.periods import Calendar, Grain, Period

_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)


@dataclass(frozen=True)
class NewEntry:
    """A number as somebody typed it; still text."""

    kpi: Definition
    period: Period
    value: str
    numerator: str
    denominator: str
    owner: str | None
    note: str

    def row(self) -> EntryRow:
        """Return it read.

        Raises:
            Refused: It is no number, or may be meant in two ways.
        """
        return EntryRow(
            key=self.kpi.key,
            start=self.period.start,
            grain=self.period.grain,
            value=_read(self.value, self.kpi.unit),
            numerator=_read(self.numerator, Unit.COUNT),
            denominator=_read(self.denominator, Unit.COUNT),
            owner=self.owner,
            note=self.note.strip() or None,
        )


def _read(written: str, unit: Unit) -> float | None:
    return parse_target_value(written, unit) if written.strip() else None


@dataclass(frozen=True)
class NewKpi:
    """A hand-kept KPI as somebody described it.

    Attributes:
        key: None for a new one.
        confidential: It shows costs or margins.
    """

    key: str | None
    name: str
    kind: Kind
    unit: Unit
    better: Better
    aggregate: Aggregate | None
    confidential: bool = False


def typed_kpi(kpis: Sequence[Definition], language: Language) -> Definition | None:
    """Let somebody choose the KPI to type numbers for."""
    if not kpis:
        st.caption(
            plain(
                text(
                    "No KPI is typed by hand yet. Most come from your files; add one below for a "
                    "number that no file holds.",
                    language,
                )
            )
        )
        return None
    names = {kpi.key: kpi for kpi in kpis}
    key = st.selectbox(
        text("KPI", language),
        list(names),
        format_func=lambda known: render(names[known].name, language),
        key="entry_kpi",
        width=320,
    )
    return names.get(key)


def entry_form(
    kpi: Definition,
    periods: Callable[[Grain], Sequence[Period]],
    people: Sequence[str],
    calendar: Calendar,
    language: Language,
    *,
    add: Callable[[NewEntry], bool],
) -> None:
    """Show the form that takes a number.

    Args:
        periods: The periods of a grain that numbers may be typed for, newest first.
        add: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.
    """
    grain = st.segmented_control(
        text("Per", language),
        _GRAINS,
        default=Grain.WEEK,
        format_func=lambda known: grain_name(known, language),
        key="entry_grain",
        required=True,
    )
    is_rate = kpi.aggregate is Aggregate.RATIO

    def submit() -> None:
        state = st.session_state
        accepted = add(
            NewEntry(
                kpi=kpi,
                period=state["entry_period"],
                value=state.get("entry_value", ""),
                numerator=state.get("entry_numerator", ""),
                denominator=state.get("entry_denominator", ""),
                owner=state["entry_owner"],
                note=state["entry_note"],
            )
        )
        if accepted:
            for field in ("entry_value", "entry_numerator", "entry_denominator", "entry_note"):
                if field in state:
                    state[field] = ""

    with st.form("entry", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.selectbox(
                text("Period", language),
                periods(grain),
                index=1,  # as a rule it is typed for the last finished one
                format_func=lambda period: _period(period, calendar, language),
                key="entry_period",
                width=260,
            )
            if is_rate:
                st.text_input(text("First part", language), key="entry_numerator", width=130)
                st.text_input(text("Out of", language), key="entry_denominator", width=130)
            else:
                st.text_input(text("Value", language), key="entry_value", width=130)
            st.selectbox(
                text("For whom", language),
                people,
                index=None,
                accept_new_options=True,
                placeholder=text("The company", language),
                key="entry_owner",
                width=200,
            )
            st.text_input(text("Note", language), key="entry_note", width=240)
        show_refusal("entry", language)
        st.form_submit_button(
            text("Save the number", language), on_click=beside("entry", submit), type="primary"
        )


def entry_table(
    kpi: Definition,
    entries: Sequence[EntryRow],
    currency: str,
    calendar: Calendar,
    language: Language,
) -> None:
    """Show the numbers that were typed for a KPI, newest first."""
    if not entries:
        st.caption(text("Nothing typed yet.", language))
        return
    table(
        "entries",
        text("Typed numbers", language),
        (
            Column(text("Period", language), "close"),
            Column(text("For whom", language)),
            Column(text("Value", language), "number"),
            Column(text("Note", language)),
        ),
        [
            (
                _period(
                    calendar.period(entry.grain or Grain.WEEK, entry.start), calendar, language
                ),
                entry.owner or text("The company", language),
                shown.value(entry.value, kpi.unit, language, currency=currency),
                entry.note or "",
            )
            for entry in entries
        ],
    )


def incomplete_kpis(
    kpis: Sequence[HandKept], language: Language, *, save: Callable[[NewKpi], None]
) -> None:
    """Ask what the KPIs are that an import only guessed."""
    for kpi in kpis:
        st.warning(
            plain(
                text(
                    "“{name}” came with an imported file. Say what it is, so that it can be judged.",
                    language,
                    name=kpi.name,
                )
            )
        )
        kpi_form(f"complete_{kpi.key}", kpi, language, save=save)


def kpi_form(
    key: str, known: HandKept | None, language: Language, *, save: Callable[[NewKpi], None]
) -> None:
    """Show the form that describes a hand-kept KPI.

    Args:
        key: Unique on the page.
        known: What is known so far; None for a new one.
    """

    def submit() -> None:
        state = st.session_state
        save(
            NewKpi(
                key=known.key if known else None,
                name=state[f"{key}_name"],
                kind=state[f"{key}_kind"],
                unit=state[f"{key}_unit"],
                better=state[f"{key}_better"],
                aggregate=state[f"{key}_aggregate"],
                confidential=state[f"{key}_confidential"],
            )
        )

    with st.form(key, border=False):
        st.text_input(
            text("Name", language), value=known.name if known else "", key=f"{key}_name", width=320
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.selectbox(
                text("Kind", language),
                list(Kind),
                index=list(Kind).index(known.kind) if known else 0,
                format_func=lambda kind: kind_name(kind, language),
                key=f"{key}_kind",
                width=150,
            )
            st.selectbox(
                text("Unit", language),
                list(Unit),
                index=list(Unit).index(known.unit) if known else 0,
                format_func=lambda unit: unit_name(unit, language),
                key=f"{key}_unit",
                width=170,
            )
            st.selectbox(
                text("Which way is good", language),
                list(Better),
                index=list(Better).index(known.better) if known else 0,
                format_func=lambda better: better_name(better, language),
                key=f"{key}_better",
                width=190,
            )
            st.selectbox(
                text("A longer period is", language),
                list(Aggregate),
                index=list(Aggregate).index(known.aggregate) if known and known.aggregate else None,
                format_func=lambda rule: aggregate_name(rule, language),
                placeholder=text("not shown", language),
                key=f"{key}_aggregate",
                width=240,
            )
        st.checkbox(
            text("It shows costs or margins: only for those who may see them", language),
            value=known.confidential if known else False,
            key=f"{key}_confidential",
        )
        show_refusal(key, language)
        st.form_submit_button(
            text("Save", language) if known else text("Add this KPI", language),
            on_click=beside(key, submit),
        )


def _period(period: Period, calendar: Calendar, language: Language) -> str:
    name = shown.period_name(period, calendar, language)
    return f"{name} · {shown.period_dates(period, language)}"
