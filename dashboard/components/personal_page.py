"""A person's plan beside its priorities: what was agreed on, the gaps, the one-to-one point."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.components.table import Column, table
from dashboard.components.terms_form import TypedTerms, one_to_one_dialog, terms_dialog
from dashboard.rhythm.plan.gaps import ActivityGap
from dashboard.rhythm.plan.model import Plan
from dashboard.rhythm.plan.one_to_ones import OneToOne
from dashboard.rhythm.plan.terms import MAX_TEXT, Frequency, PersonalTerms
from dashboard.text import Language, render, text
from pipelines.kpis.definition import Definition, Unit


@dataclass(frozen=True)
class Personal:
    """What there is to say about a person's plan beside its priorities.

    Attributes:
        held: One-to-one points, the newest first.
        activities: KPIs that own targets may be set for.
    """

    gaps: Sequence[ActivityGap]
    held: Sequence[OneToOne]
    activities: Sequence[Definition]


@dataclass(frozen=True)
class PersonalHands:
    """What can be done with it; each tells whether it was accepted.

    Attributes:
        edit: Whether whoever looks may change the agreement.
        talk: Whether they may keep a one-to-one point.
    """

    edit: bool
    talk: bool
    terms: Callable[[TypedTerms, str], bool]
    hold: Callable[[str, str], bool]
    rewrite: Callable[[OneToOne, str, str], bool]


def person_part(
    plan: Plan,
    personal: Personal,
    definitions: Mapping[str, Definition],
    language: Language,
    hands: PersonalHands,
) -> None:
    """Show what a person's plan agrees on, the gaps, and the one-to-one points."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(text("What we agree on", language), anchor=False)
        agreement(plan.terms or PersonalTerms(), definitions, language)
        if hands.edit and st.button(text("Change the agreement", language), key="terms_open"):
            terms_dialog(plan, personal.activities, language, hands.terms)
    with right:
        st.subheader(text("One-on-one", language), anchor=False)
        gap_table(personal.gaps, definitions, language)
        if hands.talk:
            one_to_one_form(language, hands.hold)
        held_before(
            personal.held,
            definitions,
            language,
            change=(lambda one: one_to_one_dialog(one, language, partial(hands.rewrite, one)))
            if hands.talk
            else None,
        )


def whose_plan(
    people: Sequence[str],
    person: str,
    language: Language,
    *,
    show: Callable[[str], None],
) -> None:
    """Let somebody choose whose plan they look at; for those with one choice, there is none."""
    if len(people) < 2:  # noqa: PLR2004 - one is no choice
        return
    st.session_state["plan_person"] = person

    def changed() -> None:
        if chosen := st.session_state["plan_person"]:
            show(chosen)

    st.selectbox(text("Person", language), people, key="plan_person", on_change=changed, width=280)


def agreement(
    terms: PersonalTerms, definitions: Mapping[str, Definition], language: Language
) -> None:
    """Show what a person's plan agrees on beside its priorities."""
    colon = ":" if language == "en" else "\N{NO-BREAK SPACE}:"
    lines = [(name, said) for name, said in _agreed(terms, definitions, language) if said]
    if not lines:
        st.caption(
            text(
                "Nothing is agreed on yet: target accounts, how often they are seen, what counts "
                "as a customer meeting, effort by segment, own targets, means.",
                language,
            )
        )
    for name, said in lines:
        st.markdown(f"**{name}{colon}** {plain(said)}")


def gap_table(
    gaps: Sequence[ActivityGap], definitions: Mapping[str, Definition], language: Language
) -> None:
    """Show how far somebody is from their own targets."""
    if not gaps:
        st.caption(text("No own target has been set.", language))
        return
    table(
        "activity_gaps",
        text("Own targets", language),
        (
            Column(text("KPI", language)),
            Column(text("Target per week", language), "number"),
            Column(text("Weeks", language), "number"),
            Column(text("Target to date", language), "number"),
            Column(text("Actual", language), "number"),
            Column(text("Gap", language), "number"),
        ),
        [
            (
                _name(gap.kpi, definitions, language),
                shown.plain_number(gap.per_week, language),
                str(gap.weeks),
                shown.plain_number(gap.target, language),
                shown.NOTHING if gap.actual is None else shown.plain_number(gap.actual, language),
                shown.gap(gap.gap, Unit.COUNT, language),
            )
            for gap in gaps
        ],
    )
    st.caption(text("Finished weeks of the plan are counted; the running one is not.", language))


def one_to_one_form(language: Language, keep: Callable[[str, str], bool]) -> None:
    """Show the form of a one-to-one point."""

    def submitted() -> None:
        state = st.session_state
        if keep(state["help_asked"], state["agreed"]):
            state["help_asked"] = state["agreed"] = ""

    with st.form("one_to_one", border=False):
        left, right = st.columns(2, gap="medium")
        with left:
            st.text_area(
                text("Help asked for", language), key="help_asked", max_chars=MAX_TEXT, height=110
            )
        with right:
            st.text_area(
                text("What was agreed", language), key="agreed", max_chars=MAX_TEXT, height=110
            )
        st.form_submit_button(
            text("Save this one-on-one", language), type="primary", on_click=submitted
        )


def held_before(
    held: Sequence[OneToOne],
    definitions: Mapping[str, Definition],
    language: Language,
    *,
    change: Callable[[OneToOne], None] | None,
) -> None:
    """Show the points that were held, with the gaps as they were seen.

    Args:
        change: Opens one to be said in better words; None: nobody may.
    """
    for one in held:
        by = f" ({one.author})" if one.author else ""
        heading = f"{shown.day(one.held_on, language)}{by}"
        with st.expander(plain(heading), expanded=one is held[0]):
            if one.gaps:
                st.caption(plain(" · ".join(_gap(gap, definitions, language) for gap in one.gaps)))
            for name, said in (
                (text("Help asked for", language), one.help_asked),
                (text("What was agreed", language), one.agreed),
            ):
                if said:
                    st.markdown(f"**{name}**")
                    st.text(said)
            if change and st.button(
                text("Change", language), key=f"one_to_one_{one.one_to_one_id}"
            ):
                change(one)


def _agreed(
    terms: PersonalTerms, definitions: Mapping[str, Definition], language: Language
) -> Sequence[tuple[str, str]]:
    return (
        (
            text("Target accounts", language),
            ", ".join(
                f"{one.name} ({one.segment})" if one.segment else one.name for one in terms.accounts
            ),
        ),
        (
            text("Planned contacts", language),
            ", ".join(_frequency(one, language) for one in terms.frequencies),
        ),
        (text("What counts as a customer meeting", language), terms.rendez_vous),
        (
            text("Effort by segment", language),
            ", ".join(
                f"{one.segment} {shown.value(one.percent / 100, Unit.PERCENT, language)}"
                for one in terms.effort
            ),
        ),
        (
            text("Own targets", language),
            ", ".join(
                text(
                    "{kpi}: {number} per week",
                    language,
                    kpi=_name(one.kpi, definitions, language),
                    number=shown.plain_number(one.per_week, language),
                )
                for one in terms.activity
                if one.kpi in definitions
            ),
        ),
        (text("Means given", language), terms.means),
    )


def _frequency(one: Frequency, language: Language) -> str:
    if one.every_weeks == 1:
        return text("segment {segment} every week", language, segment=one.segment)
    return text(
        "segment {segment} every {weeks} weeks",
        language,
        segment=one.segment,
        weeks=one.every_weeks,
    )


def _gap(gap: ActivityGap, definitions: Mapping[str, Definition], language: Language) -> str:
    name = _name(gap.kpi, definitions, language)
    if gap.actual is None:
        return text("{kpi}: no numbers", language, kpi=name)
    return text(
        "{kpi}: {actual} of {target}",
        language,
        kpi=name,
        actual=shown.plain_number(gap.actual, language),
        target=shown.plain_number(gap.target, language),
    )


def _name(key: str, definitions: Mapping[str, Definition], language: Language) -> str:
    return render(definitions[key].name, language) if key in definitions else key
