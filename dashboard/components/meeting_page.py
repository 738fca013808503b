"""A meeting while it is prepared and run: the frame around its sections, the same on every screen."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.meeting_gaps import decided_without_action
from dashboard.components.meeting_note import note_field
from dashboard.components.meeting_prepare import plan_data
from dashboard.components.meeting_sight import Sight
from dashboard.components.meeting_topics import agenda_item, topic_data
from dashboard.components.meeting_verdicts import verdicts_agreed
from dashboard.components.meeting_words import section_name, words
from dashboard.components.messages import plain
from dashboard.report.earlier import reviewed_before
from dashboard.rhythm.meeting.model import Kind, Meeting, Section, Status
from dashboard.rhythm.meeting.typed import MAX_NOTE
from dashboard.rhythm.series import kind_name, reviewed
from dashboard.scripts import loader
from dashboard.text import Language, render, text, text_plural

_page = st.components.v2.component(
    "cap90_meeting",
    html='<div class="meeting"></div>',
    css=asset("meeting.css")
    + asset("meeting_gaps.css")
    + asset("meeting_verdicts.css")
    + asset("drawing.css"),
    js=loader(),
)


def meeting_page(sight: Sight, language: Language, *, after: str) -> None:
    """Show a meeting; it keeps itself up to date from there on.

    Args:
        after: Where to go once it is closed.
    """
    _page(
        key="meeting",
        data=given(page_data(sight, language, after=after)),
        # the page around it, its title above all, is drawn anew once the meeting has begun
        on_turned_change=lambda: None,
    )


def meeting_title(meeting: Meeting | None, language: Language, kind: Kind = Kind.WEEKLY) -> str:
    """Return the heading of the page.

    Args:
        kind: Of the meeting that is not prepared yet.
    """
    name = render(kind_name(meeting.kind if meeting else kind), language)
    if meeting is None:
        return name
    return text(
        "{name} · {day}", language, name=name, day=shown.full_day(meeting.held_on, language)
    )


def no_meeting(day: date, language: Language, *, prepare: Callable[[date], None] | None) -> None:
    """Say when the next meeting is, and let somebody prepare it.

    Args:
        prepare: Called with the day, before the page is drawn again; None for those who may not.
    """
    st.write(
        plain(text("The next meeting is on {day}.", language, day=shown.full_day(day, language)))
    )
    if prepare is None:
        st.caption(text("Its agenda appears here as soon as it is prepared.", language))
        return
    st.button(text("Prepare the meeting", language), type="primary", on_click=prepare, args=(day,))


def page_data(sight: Sight, language: Language, *, after: str) -> dict[str, Any]:
    """Return everything the page shows, as finished text."""
    meeting = sight.meeting
    section = _section(sight)
    invited = {one.name for one in meeting.attendees}
    return {
        "address": f"/meeting/{meeting.meeting_id}",
        "after": after,
        "account": sight.account,
        "language": language,
        "longest": MAX_NOTE,
        "revision": meeting.revision,
        "status": meeting.status.value,
        "title": meeting_title(meeting, language),
        "runs": sight.runs,
        "acts": meeting.status not in {Status.CLOSED, Status.PLANNED},
        "invitable": [name for name in sight.people if name not in invited],
        "plan": plan_data(sight, language) if meeting.status is Status.PLANNED else None,
        "proposed": sight.proposed.isoformat(),
        "words": words(language, assigns=sight.assigns),
        "responsible": None if sight.assigns else sight.name,
        "statusLine": _status(sight, language),
        "announced": _announced(sight, language),
        "again": _again(sight, language),
        "buttons": _buttons(sight, language) if sight.runs else [],
        "clock": {
            "running": sight.timing.running,
            "total": sight.timing.total,
            "planned": sum(one.minutes for one in meeting.sections),
            "where": section
            and text(
                "Step {place} of {count} · {name}",
                language,
                place=meeting.sections.index(section) + 1,
                count=len(meeting.sections),
                name=section_name(section, language),
            ),
            "sections": [
                {
                    "position": one.position,
                    "name": section_name(one, language),
                    "minutes": one.minutes,
                    "seconds": sight.timing.seconds.get(one.position, 0),
                    "current": one.position == sight.timing.current,
                }
                for one in meeting.sections
            ],
        },
        "section": section and _section_data(sight, section, language),
        "agreed": _agreed(sight, language),
        "marked": _marked(meeting, language),
        "people": [
            {
                "name": one.name,
                "present": one.present,
                "version": one.version,
                "marks": sight.runs or one.name == sight.name,
            }
            for one in meeting.attendees
        ],
    }


def _section(sight: Sight) -> Section | None:
    current = sight.timing.current
    return next((one for one in sight.meeting.sections if one.position == current), None)


def _section_data(sight: Sight, section: Section, language: Language) -> dict[str, Any]:
    subject = f"section {section.position}"
    return {
        "position": section.position,
        "name": section_name(section, language),
        "topic": section.topic.value,
        "runs": sight.runs,
        "items": [
            agenda_item(item, sight.meeting, sight.kpis, language)
            for item in sight.meeting.items
            if item.section == section.position
        ],
        "note": note_field(sight.meeting, subject, text("Notes", language)),
        **topic_data(sight, section.topic, language),
    }


def _status(sight: Sight, language: Language) -> str:
    timing = sight.timing
    match sight.meeting.status:
        case Status.PLANNED:
            return text("Not started yet", language)
        case Status.PAUSED:
            return text("Pause: the clock stands still", language)
        case Status.SUSPENDED:
            return text("Suspended: it goes on where it was", language)
        case Status.CLOSED:
            return text("Closed", language)
        case Status.RUNNING if timing.total_over_by:
            return text_plural(
                "{count} minute over", "{count} minutes over", timing.total_over_by // 60, language
            )
        case Status.RUNNING:
            return ""


def _announced(sight: Sight, language: Language) -> str:
    """Return what a review will look back on, before it starts; "": it is none, or has begun."""
    meeting, calendar = sight.meeting, sight.calendar
    if meeting.status is not Status.PLANNED or meeting.kind is Kind.WEEKLY:
        return ""
    period = reviewed(meeting.kind, meeting.held_on, calendar)
    name = shown.period_in_full(period, calendar, language)
    if not period.is_partial(sight.today):
        return text("It looks back on {period}.", language, period=name)
    return text(
        "It looks back on {period}, which ends on {day}.",
        language,
        period=name,
        day=shown.day(period.last_day, language),
    )


def _again(sight: Sight, language: Language) -> str:
    """Return that what a review looks back on was reviewed before; "": it was not."""
    gaps, quarter = sight.gaps, sight.quarter
    if sight.meeting.kind is Kind.MONTHLY and gaps is not None:
        return reviewed_before(gaps.month, gaps.reviewed_on, sight.calendar, language)
    if quarter is not None:
        return reviewed_before(quarter.quarter, quarter.reviewed_on, sight.calendar, language)
    return ""


def _buttons(sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return what moves the meeting on: the usual next thing first."""
    pause = {"what": "pause", "name": text("Pause", language)}
    suspend = {"what": "suspend", "name": text("Resume later", language)}
    match sight.meeting.status:
        case Status.PLANNED:
            return [{"what": "start", "name": text("Start", language), "primary": True}]
        case Status.PAUSED | Status.SUSPENDED:
            return [{"what": "resume", "name": text("Go on", language), "primary": True}]
        case Status.CLOSED:
            return []
        case Status.RUNNING:
            section, last = _section(sight), sight.meeting.sections[-1]
            first = sight.meeting.sections[0]
            # two presses of one button, or of two people at once, are one step from here
            here = {"values": {"section": section.position}} if section else {}
            back = {"what": "previous_section", "name": text("Back", language), **here}
            forward = {
                "what": "next_section",
                "name": text("Next", language),
                "primary": True,
                **here,
            }
            return [
                *([back] if section != first else []),
                *([forward] if section != last else []),
                pause,
                suspend,
            ]


def _marked(meeting: Meeting, language: Language) -> dict[str, Any]:
    """Return how far it is marked who is there."""
    marks = Counter(one.present for one in meeting.attendees)
    present, absent, unmarked = marks[True], marks[False], marks[None]
    parts = [
        text_plural("{count} present", "{count} present", present, language),
        text_plural("{count} absent", "{count} absent", absent, language) if absent else "",
        text_plural("{count} not marked", "{count} not marked", unmarked, language)
        if unmarked
        else "",
    ]
    said = text("Who is here · {parts}", language, parts=", ".join(part for part in parts if part))
    return {"said": said, "complete": not unmarked}


def _agreed(sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return what this meeting has decided and given out so far."""
    return [
        {
            "id": task.action.action_id,
            "version": task.action.version,
            "day": task.action.due_on.isoformat(),
            "changes": sight.assigns,
            "title": task.action.title,
            "owner": task.action.owner,
            "due": shown.short_day(task.action.due_on, language),
        }
        for task in sight.read_back
        if task.new
    ] + [*decided_without_action(sight, language), *verdicts_agreed(sight, language)]
