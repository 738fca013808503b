"""Targets: what was aimed at, from when to when, for whom; and the form that sets a new one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.table import Column, table
from dashboard.components.words import grain_name, standing_name
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.tables import SPLITS
from pipelines.kpis.target import is_ceiling
from pipelines.kpis.targets import Target, Whose, standings
from pipelines.periods import Grain, last_day

_PER = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class NewTarget:
    """A target as somebody filled it in; values are still text.

    Attributes:
        last_day: The last day it holds on; None until another one replaces it.
        group: The column and the group it is for, where that is not a person.
    """

    kpi: Definition
    value: str
    max_value: str
    at_most: bool
    per: Grain | None
    valid_from: date | None
    last_day: date | None
    owner: str | None
    reason: str
    group: tuple[str, str] | None = None


def target_table(
    targets: Sequence[Target],
    definitions: Mapping[str, Definition],
    currency: str,
    today: date,
    language: Language,
) -> None:
    """Show every target that was set, and what has become of it."""
    if not targets:
        st.caption(text("No target has been set yet.", language))
        return
    known = standings(targets, today)
    table(
        "targets",
        text("Targets", language),
        (
            Column(text("KPI", language)),
            Column(text("For whom", language)),
            Column(text("Target", language), "number"),
            Column(text("Per", language), "close"),
            Column(text("From", language), "close"),
            Column(text("Until", language), "close"),
            Column(text("State", language), "close"),
            Column(text("Reason", language)),
        ),
        [
            (
                _name(target.key, definitions, language),
                _whom(target.whose, language),
                _aim(target, definitions, currency, language),
                grain_name(target.per, language) if target.per else shown.NOTHING,
                shown.dated(target.valid_from, language),
                _until(target, known[target.target_id][1], language),
                standing_name(known[target.target_id][0], language),
                target.reason or "",
            )
            for target in targets
        ],
    )


def target_form(
    definitions: Sequence[Definition],
    people: Sequence[str],
    start: date,
    language: Language,
    *,
    add: Callable[[NewTarget], bool],
    groups: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Show the form that sets a target.

    Args:
        people: Who may have a target of their own.
        groups: By column, what else may have one.
        start: The first day to propose.
        add: Called with what was filled in, before the page is drawn again; what was refused
            stays in the form.
    """
    st.subheader(text("Set a target", language), anchor=False)
    names = {kpi.key: kpi for kpi in definitions}
    # outside the form: which fields there are depends on the KPI
    key = st.selectbox(
        text("KPI", language),
        list(names),
        format_func=lambda known: render(names[known].name, language),
        key="target_kpi",
        width=320,
    )
    kpi = names[key]

    whom = [("owner", name) for name in people]
    whom += [(column, name) for column, names_ in groups.items() for name in names_]

    def submit() -> None:
        state = st.session_state
        whose: Whose = state["target_owner"]
        is_person = whose is not None and whose[0] == "owner"
        accepted = add(
            NewTarget(
                kpi=kpi,
                value=state["target_value"],
                max_value=state["target_max"],
                at_most=state["target_at_most"],
                per=state.get("target_per") if kpi.adds_up else None,
                valid_from=state["target_from"],
                last_day=state["target_to"],
                owner=whose[1] if whose and is_person else None,
                reason=state["target_reason"],
                group=None if is_person else whose,
            )
        )
        if accepted:
            for field in ("target_value", "target_max", "target_reason"):
                state[field] = ""

    with st.form("target", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                text("Target", language),
                key="target_value",
                placeholder=_example(kpi.unit, language),
                width=150,
            )
            st.text_input(
                text("Upper end, for a range", language),
                key="target_max",
                width=180,
            )
            if kpi.adds_up:
                st.selectbox(
                    text("Per", language),
                    _PER,
                    index=1,
                    format_func=lambda grain: grain_name(grain, language),
                    key="target_per",
                    width=150,
                )
            st.checkbox(
                text("A ceiling: at most", language),
                value=kpi.better is Better.DOWN,
                key="target_at_most",
            )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.date_input(
                text("From", language),
                value=start,
                format=shown.date_field(language),
                key="target_from",
                width=150,
            )
            st.date_input(
                text("Until", language),
                value=None,
                help=text(
                    "The last day on which it holds. Without one, it holds until another target "
                    "replaces it.",
                    language,
                ),
                format=shown.date_field(language),
                key="target_to",
                width=180,
            )
            st.selectbox(
                text("For whom", language),
                whom,
                index=None,
                format_func=lambda one: _whom(one, language),
                placeholder=text("The company", language),
                key="target_owner",
                width=260,
            )
        st.text_input(
            text("Reason", language),
            key="target_reason",
            placeholder=text("Why this target, or why it changes", language),
        )
        show_refusal("target", language)
        st.form_submit_button(
            text("Set the target", language), on_click=beside("target", submit), type="primary"
        )
    st.caption(
        plain(
            text(
                "It begins with the running week: finished weeks keep the target they had. An "
                "earlier first day changes them, and needs a reason. A target per week, month, "
                "quarter or year is shared over the other periods by working days.",
                language,
            )
        )
    )


def _whom(whose: Whose, language: Language) -> str:
    if whose is None:
        return text("The company", language)
    column, name = whose
    return name if column == "owner" else f"{name} ({render(SPLITS[column], language)})"


def _name(key: str, definitions: Mapping[str, Definition], language: Language) -> str:
    return render(definitions[key].name, language) if key in definitions else key


def _aim(
    target: Target, definitions: Mapping[str, Definition], currency: str, language: Language
) -> str:
    kpi = definitions.get(target.key)
    at_most = is_ceiling(target, kpi.better) if kpi else target.at_most
    aim = Aim(target.value, target.max_value, at_most)
    return shown.aim(aim, kpi.unit if kpi else Unit.COUNT, language, currency=currency)


def _until(target: Target, end: date | None, language: Language) -> str:
    # one that another took every day of has no last day
    if end is None or end == target.valid_from:
        return shown.NOTHING
    return shown.dated(last_day(end), language)


def _example(unit: Unit, language: Language) -> str:
    match unit:
        case Unit.PERCENT:
            return text("30%", language)
        case Unit.MONEY:
            return shown.value(150_000, Unit.COUNT, language)
        case _:
            return "25"
