"""A meeting before it starts: its agenda, the points people bring, and what to mind."""

from typing import Any

from dashboard import format as shown
from dashboard.components.meeting_sight import Sight
from dashboard.components.meeting_topics import agenda_item
from dashboard.components.meeting_words import section_name
from dashboard.rhythm.meeting.hygiene import overrunning
from dashboard.rhythm.meeting.model import Purpose, Topic
from dashboard.rhythm.meeting.words import purpose_name
from dashboard.text import Language, render, text


def plan_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return what is shown of a meeting that has not started."""
    meeting = sight.meeting
    over = {(one.topic, one.title) for one in overrunning([one.sections for one in sight.former])}
    worked_in = {Topic.BLOCKERS, Topic.GAPS}
    usual = next((one for one in meeting.sections if one.topic in worked_in), None)
    return {
        "facts": _facts(sight, language),
        "lead": text("Everyone's points make up the agenda; add yours.", language),
        "long": _too_long(sight, language),
        "usual": str(usual.position if usual else meeting.sections[0].position),
        "choices": [
            {"value": str(one.position), "name": section_name(one, language)}
            for one in meeting.sections
        ],
        "sections": [
            {
                "position": one.position,
                "name": section_name(one, language),
                "title": one.title or "",
                "minutes": one.minutes,
                "over": text(
                    "It ran over three meetings in a row: more minutes, or fewer points?", language
                )
                if (one.topic, one.title) in over
                else "",
                "items": [
                    {
                        **agenda_item(item, meeting, sight.kpis, language),
                        "mine": sight.runs or item.raised_by == sight.name,
                    }
                    for item in meeting.items
                    if item.section == one.position and not item.closed
                ],
            }
            for one in meeting.sections
        ],
    }


def _too_long(sight: Sight, language: Language) -> str:
    """Return a gentle word about an agenda that is longer than such a meeting is to be; or ""."""
    whole = sum(one.minutes for one in sight.meeting.sections)
    if not sight.minutes or whole <= sight.minutes:
        return ""
    return text(
        "{minutes} minutes in all: it is meant to last {most}. What can be shorter, or wait?",
        language,
        minutes=whole,
        most=sight.minutes,
    )


def _facts(sight: Sight, language: Language) -> list[dict[str, Any]]:
    return [
        {**fact, "line": text("{name}: {value}", language, name=fact["label"], value=fact["said"])}
        for fact in _known(sight, language)
    ]


def _known(sight: Sight, language: Language) -> list[dict[str, Any]]:
    meeting = sight.meeting
    return [
        {
            "name": "day",
            "label": text("Day", language),
            "type": "date",
            "value": meeting.held_on.isoformat(),
            "said": shown.day(meeting.held_on, language),
        },
        {
            "name": "purpose",
            "label": text("Purpose", language),
            "value": meeting.purpose.value,
            "said": render(purpose_name(meeting.purpose), language),
            "options": [
                {"value": purpose.value, "name": render(purpose_name(purpose), language)}
                for purpose in Purpose
            ],
        },
        {
            "name": "chair",
            "label": text("Who leads it", language),
            "value": meeting.chair or "",
            "said": meeting.chair or shown.NOTHING,
            "options": [
                {"value": name, "name": name}
                for name in dict.fromkeys(
                    [meeting.chair or "", *(one.name for one in meeting.attendees)]
                )
            ],
        },
    ]
