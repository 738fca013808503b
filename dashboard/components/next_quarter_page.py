"""The next quarter before it is adopted: its dates, KPIs with targets, priorities, what goes on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.components.adoption_words import adopting_it
from dashboard.components.messages import beside, plain, show_refusal
from dashboard.components.minutes_page import sheet_section
from dashboard.components.next_quarter_lines import (
    TypedKpi,
    TypedPriority,
    kpi_lines,
    priority_lines,
)
from dashboard.components.next_quarter_work import action_lines, experiment_lines
from dashboard.report.sheet import Sheet
from dashboard.rhythm.quarter.draft import Draft, DraftAction, DraftExperiment, NextQuarter
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Definition


@dataclass(frozen=True)
class TypedQuarter:
    """The next quarter as somebody filled it in.

    Attributes:
        kpis: Also those whose place nobody has filled yet; then ``key`` is "".
    """

    starts_on: date | None
    ends_on: date | None
    kpis: tuple[TypedKpi, ...]
    priorities: tuple[TypedPriority, ...]
    actions: tuple[DraftAction, ...]
    experiments: tuple[DraftExperiment, ...]


@dataclass(frozen=True)
class Hands:
    """What whoever looks does with the draft; None and False: it was refused.

    Attributes:
        read: Returns the next quarter as adopting it would have it, and what is worth a thought then.
    """

    read: Callable[[TypedQuarter], NextQuarter | None]
    keep: Callable[[TypedQuarter], bool]
    adopt: Callable[[TypedQuarter], bool]
    again: Callable[[], None]


def next_quarter(
    found: NextQuarter,
    definitions: Sequence[Definition],
    people: Sequence[str],
    language: Language,
    *,
    currency: str,
    hands: Hands,
) -> None:
    """Show the draft as one form, what still speaks against it, and the button that adopts it."""
    # another version is another form: nobody goes on with what somebody else has changed
    form = f"next_quarter_{found.meeting_id}_{found.version}"
    known = {one.key: one for one in definitions}
    with st.form(form, border=False, enter_to_submit=False):
        dates = _dates(form, found.draft, language)
        kpis = kpi_lines(form, found.draft, known, people, language, currency=currency)
        priorities = priority_lines(form, found.draft, known, language)
        actions = action_lines(form, found.draft.actions, language)
        experiments = experiment_lines(form, found.draft.experiments, language)

        def typed() -> TypedQuarter:
            starts_on, ends_on = (read() for read in dates)
            return TypedQuarter(
                starts_on,
                ends_on,
                tuple(one for read in kpis if (one := read()) is not None),
                tuple(each for read in priorities if (each := read()) is not None),
                tuple(read() for read in actions),
                tuple(read() for read in experiments),
            )

        _adoption(form, found, (known, currency), language, typed=typed, hands=hands)
    if found.version:
        again = f"{form}_again"
        show_refusal(again, language)
        st.button(
            text("Draft anew from the verdicts", language),
            on_click=beside(again, hands.again),
            key="draft_next_quarter_again",
            help=text("What was edited here is lost.", language),
        )


def adopted(found: NextQuarter, sheet: Sheet, language: Language) -> None:
    """Say that the next quarter holds, and what was adopted."""
    draft = found.draft
    st.success(
        plain(
            text(
                "Adopted: the plan from {start} to {end}.",
                language,
                start=shown.short_day(draft.starts_on, language),
                end=shown.day(draft.ends_on, language),
            )
        )
    )
    sheet_section(sheet, "next_quarter")


def _adoption(
    form: str,
    found: NextQuarter,
    kpis: tuple[Mapping[str, Definition], str],
    language: Language,
    *,
    typed: Callable[[], TypedQuarter],
    hands: Hands,
) -> None:
    """Show what still speaks against the draft, and the buttons of its form.

    They take what is filled in: nobody adopts what they do not see. Adopting takes two presses, and
    a third where something was changed between them.

    Args:
        kpis: All there are, and the company's currency.
    """
    st.subheader(text("Adopt", language), anchor=False)
    state, key = st.session_state, f"{form}_asked"
    asked: NextQuarter | None = state.get(key)
    # what was refused is what is filled in, and stands right above the button; what is known of the
    # draft that is kept may not be true of it
    if not show_refusal(form, language):
        _about(asked or found, language)

    def adopt() -> None:
        wanted = hands.read(typed())
        is_sure = wanted is not None and wanted == asked
        state[key] = None if is_sure else wanted
        if is_sure:
            hands.adopt(typed())

    def keep() -> None:
        hands.keep(typed())

    def leave() -> None:
        state[key] = None

    if asked is not None:
        does = adopting_it(asked.draft, *kpis, language)
        st.markdown("\n\n".join(map(plain, does.said)))
        if does.targets:
            st.markdown(_list(does.targets))
    with st.container(horizontal=True, gap="small"):
        st.form_submit_button(
            text("Adopt it now", language) if asked else text("Adopt the next quarter", language),
            type="primary",
            on_click=beside(form, adopt),
        )
        if asked is None:
            st.form_submit_button(text("Keep the draft", language), on_click=beside(form, keep))
        else:
            st.form_submit_button(text("Not yet", language), on_click=leave)


def _about(found: NextQuarter, language: Language) -> None:
    """Show what speaks against a draft, and what is worth a thought."""
    if found.problems:
        st.markdown(plain(text("Before it can be adopted:", language)))
        st.markdown(_list(render(one, language) for one in found.problems))
        st.caption(
            text("What you change above is checked when you keep the draft or adopt it.", language)
        )
    if found.notes:
        st.markdown(plain(text("Worth a thought", language)))
        st.markdown(_list(render(one, language) for one in found.notes))


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {plain(one)}" for one in lines)


def _dates(form: str, draft: Draft, language: Language) -> list[Callable[[], date | None]]:
    fields = (
        ("starts_on", text("First day of the plan", language), draft.starts_on),
        ("ends_on", text("Last day of the plan", language), draft.ends_on),
    )
    with st.container(horizontal=True, gap="small"):
        for name, label, day in fields:
            st.date_input(
                label,
                value=day,
                format=shown.date_field(language),
                key=f"{form}_{name}",
                width=220,
            )
    return [_field(form, name) for name, _, _ in fields]


def _field(form: str, name: str) -> Callable[[], date | None]:
    def read() -> date | None:
        found: date | None = st.session_state[f"{form}_{name}"]
        return found

    return read
