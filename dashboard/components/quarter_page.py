"""A quarter looked back on, to read before it is decided about, and after."""

from collections.abc import Iterable

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import plain
from dashboard.rhythm.quarter.kpi_words import stood_in
from dashboard.rhythm.quarter.model import Item, Part, QuarterReview
from dashboard.rhythm.quarter.words import part_name, way_name
from dashboard.text import Language, render, text
from pipelines.periods import Calendar


def quarter_evidence(review: QuarterReview, calendar: Calendar, language: Language) -> None:
    """Show everything that is known about a quarter, pass by pass."""
    st.subheader(
        text(
            "{quarter}, {dates}",
            language,
            quarter=shown.period_name(review.quarter, calendar, language),
            dates=shown.period_dates(review.quarter, language),
        ),
        anchor=False,
    )
    for note in review.notes:
        st.markdown(plain(render(note, language)))
    for part, items in (
        (Part.KPIS, review.kpis),
        (Part.WORK, review.work),
        (Part.RITUALS, review.rituals),
    ):
        with st.expander(
            f"{render(part_name(part), language)} · {len(items)}", expanded=part is Part.KPIS
        ):
            if (compared := stood_in(items)) is not None:
                st.caption(plain(render(compared, language)))
            st.markdown(_listed(items, language) or _nothing(language))


def _listed(items: Iterable[Item], language: Language) -> str:
    return "\n\n".join(_item(one, language) for one in items)


def _item(item: Item, language: Language) -> str:
    heading = " · ".join(
        plain(part) for part in (render(item.name, language), item.owner or "") if part
    )
    decided = item.decided
    said = [
        *(render(fact.said, language) for fact in item.facts),
        *(
            [
                text(
                    "{way}: {reason}",
                    language,
                    way=render(way_name(decided.way), language),
                    reason=decided.reason,
                ),
                *([decided.change] if decided.change else []),
            ]
            if decided
            else []
        ),
    ]
    return "\n".join([f"**{heading}**", "", *(f"- {plain(one)}" for one in said)])


def _nothing(language: Language) -> str:
    return plain(text("There is nothing to decide about here.", language))
