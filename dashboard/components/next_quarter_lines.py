"""The lines of the next quarter's form: one for each KPI with its target, one for each priority."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.components.forms import people_and
from dashboard.components.messages import plain
from dashboard.components.words import grain_name, kpi_names
from dashboard.rhythm.action import MAX_TITLE
from dashboard.rhythm.plan.model import MOST_PRIORITIES
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftKpi,
    DraftPriority,
    DraftTarget,
)
from dashboard.rhythm.quarter.target_words import changing, whole
from dashboard.text import Language, render, text
from pipelines.kpis.choice import MOST
from pipelines.kpis.definition import Definition, Unit
from pipelines.periods import Grain

_PER = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class TypedKpi:
    """A KPI as somebody chose it; its target is still text, "" for none."""

    key: str
    responsible: str | None
    instead_of: str | None
    target: str
    per: Grain | None


@dataclass(frozen=True)
class TypedPriority:
    """A priority as somebody filled it in; values are still text."""

    title: str
    kpi: str | None
    from_value: str
    to_value: str
    carried_from: int | None


def kpi_lines(
    form: str,
    draft: Draft,
    known: Mapping[str, Definition],
    people: Sequence[str],
    language: Language,
    *,
    currency: str,
) -> list[Callable[[], TypedKpi | None]]:
    """Show a line for each KPI with who answers for it and its target; return what reads them."""
    st.subheader(text("KPIs and targets", language), anchor=False)
    st.caption(
        text(
            "Five to seven, at least two of activity and two of results. An empty line is left "
            "out.",
            language,
        )
    )
    if (when := changing(draft)) is not None:
        rest = text(
            "A target that you change also takes the place of what was decided for later; what you "
            "leave as it is goes on.",
            language,
        )
        st.caption(plain(f"{render(when, language)} {rest}"))
    names = kpi_names(known.values(), language)
    targets = {one.key: one for one in draft.targets}
    places = [*draft.kpis, *([None] * max(0, MOST - len(draft.kpis)))]
    return [
        _kpi(form, place, one, targets, (known, names, currency), people, language)
        for place, one in enumerate(places)
    ]


def _kpi(  # noqa: PLR0917 - what a line is made from
    form: str,
    place: int,
    one: DraftKpi | None,
    targets: Mapping[str, DraftTarget],
    names: tuple[Mapping[str, Definition], Mapping[str, str], str],
    people: Sequence[str],
    language: Language,
) -> Callable[[], TypedKpi | None]:
    known, called, currency = names
    key, instead_of = (one.key, one.instead_of) if one else (None, None)
    target = targets.get(key or "")
    unit = known[key].unit if key and key in known else Unit.COUNT
    responsible = one.responsible if one else None
    label = (
        text("In place of {kpi}", language, kpi=called.get(instead_of, instead_of))
        if instead_of
        else text("KPI {number}", language, number=place + 1)
    )
    keys = list(called)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            plain(label),
            keys,
            index=keys.index(key) if key in keys else None,
            format_func=lambda wanted: called[wanted],
            placeholder=text("Choose", language),
            key=f"{form}_kpi_{place}",
            width=300,
        )
        folk = people_and(responsible, people)
        st.selectbox(
            text("Responsible", language),
            folk,
            index=folk.index(responsible) if responsible else None,
            accept_new_options=True,
            placeholder=text("Nobody", language),
            key=f"{form}_responsible_{place}",
            width=200,
        )
        st.text_input(
            text("Target", language),
            value=typed_value(target.value, unit, language) if target else "",
            key=f"{form}_target_{place}",
            max_chars=40,
            width=140,
        )
        st.selectbox(
            text("Per", language),
            _PER,
            index=_PER.index(target.per) if target and target.per else None,
            format_func=lambda grain: grain_name(grain, language),
            placeholder=text("–", language),
            help=text("Only for what adds up; rates and averages have one target.", language),
            key=f"{form}_per_{place}",
            width=140,
        )
    if target and (target.later or not target.stays):
        st.caption(plain(render(whole(target, unit, currency), language)))

    def read() -> TypedKpi | None:
        state = st.session_state
        chosen = state[f"{form}_kpi_{place}"]
        if not chosen and not instead_of:
            return None
        return TypedKpi(
            chosen or "",
            state[f"{form}_responsible_{place}"],
            instead_of,
            state[f"{form}_target_{place}"].strip(),
            state[f"{form}_per_{place}"],
        )

    return read


def typed_value(number: float | None, unit: Unit, language: Language) -> str:
    """Return a value the way it is typed, without groups of digits; empty for None."""
    if number is None:
        return ""
    written = f"{number * 100 if unit is Unit.PERCENT else number:.8g}"
    point = written if language == "en" else written.replace(".", ",")
    space = "" if language == "en" else "\N{NO-BREAK SPACE}"
    return f"{point}{space}%" if unit is Unit.PERCENT else point


def priority_lines(
    form: str, draft: Draft, known: Mapping[str, Definition], language: Language
) -> list[Callable[[], TypedPriority | None]]:
    """Show a line for each priority; return what reads them."""
    st.subheader(text("Priorities", language), anchor=False)
    st.caption(text("Three at most. Without a title, a priority is left out.", language))
    places = [*draft.priorities, *([None] * max(0, MOST_PRIORITIES - len(draft.priorities)))]
    return [_priority(form, place, one, known, language) for place, one in enumerate(places)]


def _priority(
    form: str,
    place: int,
    one: DraftPriority | None,
    known: Mapping[str, Definition],
    language: Language,
) -> Callable[[], TypedPriority | None]:
    names = kpi_names(known.values(), language)
    keys = list(names)
    key = one.kpi if one else None
    unit = known[key].unit if key and key in known else Unit.COUNT
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            text("Priority {number}", language, number=place + 1),
            value=one.title if one else "",
            max_chars=MAX_TITLE,
            key=f"{form}_title_{place}",
            width=360,
        )
        st.selectbox(
            text("KPI", language),
            keys,
            index=keys.index(key) if key in keys else None,
            format_func=lambda wanted: names[wanted],
            placeholder=text("Choose", language),
            key=f"{form}_moves_{place}",
            width=240,
        )
        for name, label, value in (
            ("from", text("Starts from", language), one.from_value if one else None),
            ("to", text("Value to reach", language), one.to_value if one else None),
        ):
            st.text_input(
                label,
                value=typed_value(value, unit, language),
                key=f"{form}_{name}_{place}",
                max_chars=40,
                width=110,
            )
    carried = one.carried_from if one else None

    def read() -> TypedPriority | None:
        state = st.session_state
        if not state[f"{form}_title_{place}"].strip():
            return None
        return TypedPriority(
            state[f"{form}_title_{place}"],
            state[f"{form}_moves_{place}"],
            state[f"{form}_from_{place}"].strip(),
            state[f"{form}_to_{place}"].strip(),
            carried,
        )

    return read
