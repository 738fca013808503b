"""A decision's whole life on one page: raised, worked, decided, done, and what it changed."""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.decision_effect import Tone
from dashboard.components.decision_words import Step, meeting_name
from dashboard.navigation import Place, address
from dashboard.report.sheet import lines_of
from dashboard.rhythm.meeting.life import Decided
from dashboard.scripts import loader
from dashboard.text import Language, text

_life = st.components.v2.component(
    "cap90_life", html='<div class="life"></div>', css=asset("life.css"), js=loader()
)


def decision_life(
    lead: tuple[str, Tone], steps: Iterable[Step], language: Language, *, links: Mapping[str, str]
) -> None:
    """Show the life of a decision, without its title.

    Args:
        lead: All of it in one sentence, and how loudly it is said.
        links: Where else to go, by what is said: to the KPI, to the actions.
    """
    said, tone = lead
    _life(
        key="life",
        data=given(
            {
                "lead": said,
                "tone": tone,
                "label": text("From raised to effect", language),
                "links": [{"name": name, "href": href} for name, href in links.items()],
                "steps": [_given(one, language) for one in steps],
            }
        ),
    )


def decision_address(subject: str, language: Language) -> str:
    """Return where the life of a decision is.

    Args:
        subject: See ``Decided.subject``.
    """
    return address(Place.DECISION, language, decision=subject)


def decision_addresses(decisions: Iterable[Decided], language: Language) -> dict[str, str]:
    """Return where the life of each decision of a meeting is, by what its papers call it.

    Papers do not say which meeting they are of: ``decision 12``, ``gap sales_won``,
    ``verdict action 12``.
    """

    def name(subject: str) -> str:
        kind, _, rest = subject.partition(" ")
        return f"{kind} {rest.partition(' ')[2]}" if rest else f"decision {subject}"

    return {name(one.subject): decision_address(one.subject, language) for one in decisions}


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
        "href": step.href
        or (
            address(Place.MINUTES, language, meeting=str(at.meeting_id))
            if at and at.readable
            else ""
        ),
    }
