"""The rhythm of the company's meetings, as its settings show it."""

from collections.abc import Sequence

import streamlit as st

from dashboard import format as formats
from dashboard.components.messages import plain
from dashboard.components.settings_page import Form
from dashboard.components.settings_words import shown
from dashboard.rhythm.series import Occurrence, kind_name
from dashboard.text import Language, render, text
from pipelines.settings import MeetingDay

#: Pixels, as for the other settings.
_WIDTH = 560


def rhythm_form(form: Form, coming: Sequence[Occurrence]) -> None:
    """Show on which day people meet, when, and for how long.

    Args:
        coming: The next meeting of each kind.
    """
    meetings, language = form.settings.meetings, form.language
    with st.container(width=_WIDTH):
        with st.container(horizontal=True, gap="small"):
            st.selectbox(
                form.label("meetings.weekday"),
                list(MeetingDay),
                index=list(MeetingDay).index(meetings.day),
                format_func=lambda day: render(shown("meetings.weekday", day.value), language),
                key=form.key("meetings.weekday"),
            )
            st.text_input(
                form.label("meetings.starts_at"),
                meetings.starts_at,
                max_chars=5,
                placeholder="09:00",
                key=form.key("meetings.starts_at"),
            )
        _number(form, "minutes", 10, 240)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _number(form, "monthly_week", 1, 3)
            _number(form, "monthly_minutes", 10, 480)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _number(form, "quarterly_week", 1, 12)
            _number(form, "quarterly_minutes", 10, 480)
        st.caption(
            text(
                "Where nobody works on that day, a meeting moves to the next working day; none is "
                "cancelled. Meetings of one day follow each other.",
                language,
            )
        )
        names = [
            *("weekday", "starts_at", "minutes", "monthly_week", "monthly_minutes"),
            *("quarterly_week", "quarterly_minutes"),
        ]
        form.button(
            "rhythm",
            *(f"meetings.{name}" for name in names),
            label=text("Save the rhythm", language),
        )
        if coming:
            st.markdown(f"**{text('Next meetings', language)}**")
            st.markdown("\n".join(f"- {plain(_said(one, language))}" for one in coming))


def _number(form: Form, name: str, least: int, most: int) -> None:
    key = f"meetings.{name}"
    value: int = getattr(form.settings.meetings, name)
    st.number_input(form.label(key), least, most, value, key=form.key(key))


def _said(one: Occurrence, language: Language) -> str:
    words = {
        "name": render(kind_name(one.kind), language),
        "day": formats.full_day(one.held_on, language),
        "time": formats.time_of_day(one.starts_at, language),
    }
    if one.moved:
        return text(
            "{name}: {day}, {time}. Moved from {planned}: nobody works on that day.",
            language,
            **words,
            planned=formats.full_day(one.planned_on, language),
        )
    return text("{name}: {day}, {time}", language, **words)
