"""The discipline of the method point by point, and the gauge beside it."""

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.messages import plain
from dashboard.components.table import Column, table
from dashboard.rhythm.effect import words
from dashboard.rhythm.effect.discipline import Discipline
from dashboard.rhythm.effect.gauge import Gauge, MeetingEffect, Reading
from dashboard.scripts import loader
from dashboard.text import Language, text

_checklist = st.components.v2.component(
    "cap90_checklist",
    html='<div class="checklist"></div>',
    css=asset("checklist.css"),
    js=loader(),
)


def checklist(discipline: Discipline, language: Language) -> None:
    """Show how each point of the method stands, and the streak."""
    _checklist(
        key="checklist",
        data=given(
            {
                "label": text("The method, point by point", language),
                "streak": words.streak_words(discipline, language),
                "lines": [
                    {
                        "mark": line.mark.name.lower(),
                        "word": words.mark_name(line.mark, language),
                        "name": words.point_name(line.point, language),
                        "measured": words.line_words(line, language),
                    }
                    for line in discipline.lines
                ],
            }
        ),
    )


def effect_gauge(gauge: Gauge, language: Language) -> None:
    """Show how people find the meetings, beside what comes of them."""
    st.subheader(text("Satisfaction and effect", language), anchor=False)
    sentence = plain(words.gauge_sentence(gauge, language))
    st.markdown(f"**{sentence}**" if gauge.reading is Reading.ILLUSION else sentence)
    if gauge.reading is Reading.NOT_YET:
        return
    table(
        "gauge",
        text("Satisfaction and effect", language),
        (
            Column(text("Meeting", language), "close"),
            Column(text("Rating", language), "number"),
            Column(text("Kept on time", language), "number"),
            Column(text("Decisions", language), "number"),
            Column(text("New favourable signals", language), "number"),
        ),
        [
            (
                text("All {count}", language, count=len(gauge.meetings)),
                words.rating_words(gauge.rating, language),
                words.share_words(gauge.on_time, gauge.due, language),
                str(gauge.decisions),
                str(gauge.signals),
            ),
            *(_meeting(one, language) for one in reversed(gauge.meetings)),
        ],
        narrow=True,
    )


def _meeting(one: MeetingEffect, language: Language) -> tuple[str, ...]:
    kept = (
        text("{part} of {whole}", language, part=one.on_time, whole=one.due)
        if one.due
        else shown.NOTHING
    )
    return (
        shown.dated(one.held_on, language),
        words.rating_words(one.rating, language),
        kept,
        str(one.decisions),
        str(one.signals),
    )
