"""The decisions of closed meetings, each the way to its life."""

from collections.abc import Sequence
from itertools import groupby

from dashboard import format as shown
from dashboard.components.decision_page import decision_address
from dashboard.components.decision_words import standing_word
from dashboard.components.shelf import shelf
from dashboard.navigation import Place, address
from dashboard.rhythm.meeting.life import Decided
from dashboard.rhythm.series import kind_name
from dashboard.text import Language, render, text


def decision_list(decisions: Sequence[Decided], language: Language) -> None:
    """Show decisions under the meetings that took them.

    Args:
        decisions: Newest meeting first.
    """
    meetings = [
        {
            "id": None,
            "name": shown.full_day(at.held_on, language),
            "href": address(Place.MINUTES, language, meeting=str(at.meeting_id)),
            "facts": [{"name": "kind", "text": render(kind_name(at.kind), language), "tone": ""}],
            "lines": [
                {
                    "kind": _kind(one, language),
                    "text": [[_said(one, language), False]],
                    "more": [[_who(one, language), False]],
                    "about": [],
                    "href": decision_address(one.subject, language),
                }
                for one in taken
            ],
        }
        for at, taken in groupby(decisions, key=lambda one: one.at)
    ]
    shelf("decisions", text("Decisions", language), meetings)


def _kind(one: Decided, language: Language) -> str:
    if one.standing is not None:
        return standing_word(one.standing, language)
    return render(one.way, language) if one.way else ""


def _said(one: Decided, language: Language) -> str:
    if one.about is None:
        return one.text
    value = f"{render(one.target, language)} · {one.text}" if one.target else one.text
    return text("{name}: {value}", language, name=one.about, value=value)


def _who(one: Decided, language: Language) -> str:
    if one.owner is None or one.due_on is None:
        return text("decided by {name}", language, name=one.decided_by) if one.decided_by else ""
    if one.done_on is not None:
        day = shown.dated(one.done_on, language)
        return text("{name}, done {day}", language, name=one.owner, day=day)
    return text("{name}, by {day}", language, name=one.owner, day=shown.dated(one.due_on, language))
