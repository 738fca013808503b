"""What a KPI means: its question, how it is computed, and what its limits say."""

from datetime import date

import streamlit as st

from dashboard import format as shown
from dashboard.chart_changes import Change
from dashboard.components.messages import plain
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import Limits
from pipelines.kpis.definition import Better, Definition, Kind, Unit


def explanation(
    definition: Definition,
    limits: Limits | None,
    currency: str | None,
    language: Language,
    *,
    beside: Change | None = None,
    first: date | None = None,
) -> None:
    """Say what the KPI asks, how it is computed and what its limits mean.

    Args:
        beside: A change that the chart shows with limits of its own.
        first: The first day of the KPI's first period.
    """
    st.subheader(text("What it means", language), anchor=False)
    kind = (
        text("Activity: what we do.", language)
        if definition.kind is Kind.INPUT
        else text("Result: what comes of it.", language)
    )
    better = (
        text("More is better.", language)
        if definition.better is Better.UP
        else text("Less is better.", language)
    )
    question = render(definition.question, language)
    if question:
        st.markdown(f"**{plain(question)}**")
    st.markdown(plain(f"{kind} {better}"))
    st.markdown(plain(render(definition.formula, language)))
    if beside is None or first is None or limits is None or limits.locked_on:
        st.markdown(plain(_limits(definition, limits, currency, language)))
        return
    st.markdown(plain(_compared(definition, limits, currency, language, first=first)))
    if beside.after:
        st.caption(
            text(
                "The bands of the chart show before and since the experiment. Once a change lasts, "
                "its weeks can become what the verdict compares with: {command}",
                language,
                command=f"`cap90 limits lock {definition.key}`",
            )
        )


def _limits(
    definition: Definition,
    limits: Limits | None,
    currency: str | None,
    language: Language,
) -> str:
    if limits is None:
        return text(
            "Natural limits need at least six finished periods with a value; until then nobody "
            "should be judged by these numbers.",
            language,
        )
    lower, upper, centre = _levels(definition, limits, currency, language)
    sentence = text(
        "Natural limits: as long as nothing changes in the way we work, values between {lower} "
        "and {upper} are routine variation around {centre}. Only what leaves them, or a pattern "
        "inside them, is a signal.",
        language,
        lower=lower,
        upper=upper,
        centre=centre,
    )
    if limits.locked_on:
        locked = text("Locked on {day}.", language, day=limits.locked_on)
        return f"{sentence} {locked}"
    if limits.provisional:
        few = text("They are provisional: fewer than twelve values.", language)
        return f"{sentence} {few}"
    return sentence


def _compared(
    definition: Definition,
    limits: Limits,
    currency: str | None,
    language: Language,
    *,
    first: date,
) -> str:
    """Return what the verdict rests on where the chart shows the limits of a change too."""
    lower, upper, centre = _levels(definition, limits, currency, language)
    return text(
        "The verdict compares with all weeks since {day}: values between {lower} and {upper} (the "
        "dotted lines) are routine variation around {centre}. Only what leaves them, or a pattern "
        "inside them, is a signal.",
        language,
        day=first,
        lower=lower,
        upper=upper,
        centre=centre,
    )


def _levels(
    definition: Definition, limits: Limits, currency: str | None, language: Language
) -> tuple[str, str, str]:
    """Return lower limit, upper limit and average as they are told."""
    # computed to the last digit, told to the first that means something
    digits = 3 if definition.unit is Unit.PERCENT else 1
    lower, upper, centre = (
        shown.value(round(level, digits), definition.unit, language, currency=currency)
        for level in (limits.lower, limits.upper, limits.centre)
    )
    return lower, upper, centre
