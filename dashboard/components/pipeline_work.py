"""What is being done about a deal, in words, and where to find it."""

from dataclasses import replace
from datetime import date

from dashboard import format as shown
from dashboard.components.table import Lead
from dashboard.navigation import Place, address
from dashboard.rhythm.action import Action
from dashboard.rhythm.under_way import Doing, Unsolved
from dashboard.text import Language, text


def work_leads(doing: Doing, today: date, language: Language) -> tuple[tuple[str, str, str], ...]:
    """Return a label, a sentence and an address for each thing that is being done."""
    return (
        *((text("Action", language), *_told(one, today, language)) for one in doing.actions),
        *((text("Blocker", language), *_told(one, today, language)) for one in doing.blockers),
        *(
            (text("Perhaps about it", language), *_told(one, today, language))
            for one in doing.named_by
        ),
    )


def work_cell(doing: Doing, today: date, language: Language) -> tuple[Lead, ...]:
    """Return the same where space is short: who, by when."""

    def lead(one: Action | Unsolved) -> Lead:
        return Lead(_short(one, today, language), _address(one, language))

    meant = (*map(lead, doing.actions), *map(lead, doing.blockers))
    perhaps = (
        replace(one, text=text("perhaps {what}", language, what=one.text))
        for one in map(lead, doing.named_by)
    )
    return (*meant, *perhaps)


def _told(one: Action | Unsolved, today: date, language: Language) -> tuple[str, str]:
    return _sentence(one, today, language), _address(one, language)


def _sentence(one: Action | Unsolved, today: date, language: Language) -> str:
    if isinstance(one, Action):
        return text(
            "{name}: {title}, {when}",
            language,
            name=one.owner,
            title=one.title,
            when=_due(one, today, language),
        )
    if one.parked_until:
        day = shown.short_day(one.parked_until, language)
        return text("{title}, on hold until {day}", language, title=one.title, day=day)
    if one.meeting_on:
        day = shown.short_day(one.meeting_on, language)
        return text("{title}, for the meeting of {day}", language, title=one.title, day=day)
    return one.title


def _short(one: Action | Unsolved, today: date, language: Language) -> str:
    if isinstance(one, Action):
        return f"{one.owner}, {_due(one, today, language)}"
    if one.parked_until:
        day = shown.short_day(one.parked_until, language)
        return text("blocker, on hold until {day}", language, day=day)
    if one.meeting_on:
        day = shown.short_day(one.meeting_on, language)
        return text("blocker for the meeting of {day}", language, day=day)
    return text("blocker", language)


def _due(action: Action, today: date, language: Language) -> str:
    day = shown.recent_day(action.due_on, today, language)
    late = action.due_on < today
    return (
        text("late since {day}", language, day=day) if late else text("by {day}", language, day=day)
    )


def _address(one: Action | Unsolved, language: Language) -> str:
    if isinstance(one, Action):
        return address(Place.ACTIONS, language, person=one.owner, status="open")
    return address(Place.MEETING, language)
