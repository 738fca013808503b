"""A decision's whole life on one page: raised, worked, decided, done, and what it changed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.decision_words import Step, lead, meeting_name, steps
from dashboard.navigation import Place, address
from dashboard.report.sheet import lines_of
from dashboard.rhythm.meeting.life import DecisionLife
from dashboard.scripts import loader
from dashboard.text import Language, text
from pipelines.kpis.definition import Definition

_life = st.components.v2.component(
    "cap90_life", html='<div class="life"></div>', css=asset("life.css"), js=loader()
)


def decision_life(
    life: DecisionLife,
    kpis: Mapping[str, Definition],
    timezone: str,
    language: Language,
    *,
    links: Mapping[str, str],
) -> None:
    """Show the life of a decision, without its title.

    Args:
        kpis: Those that the reader may see.
        timezone: The company's.
        links: Where else to go, by what is said: to the KPI, to the actions.
    """
    said, tone = lead(life, language)
    _life(
        key="life",
        data=given(
            {
                "lead": said,
                "tone": tone,
                "label": text("From raised to effect", language),
                "links": [{"name": name, "href": href} for name, href in links.items()],
                "steps": [_given(one, language) for one in steps(life, kpis, timezone, language)],
            }
        ),
    )


def decision_address(decision_id: int, language: Language) -> str:
    """Return where the life of a decision is."""
    return address(Place.DECISION, language, decision=str(decision_id))


def _given(step: Step, language: Language) -> dict[str, Any]:
    at = step.at
    return {
        "day": shown.dated(step.on, language) if step.on else "",
        "name": step.name,
        "said": lines_of(step.said),
        "more": step.more,
        "tone": step.tone,
        "small": step.small,
        "facts": [{"label": label, "lines": lines_of(said)} for label, said in step.facts],
        "meeting": meeting_name(at, language) if at else "",
        "href": address(Place.MINUTES, language, meeting=str(at.meeting_id))
        if at and at.readable
        else "",
    }
