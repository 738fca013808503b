"""PDF, Markdown, calendar file and letters of one closing hold the same decisions."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar as Dates
from pypdf import PdfReader

from dashboard.report.minutes_calendar import minutes_calendar
from dashboard.report.minutes_letter import minutes_letter
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet_letter import sheet_html, sheet_text
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.meeting.minutes import DecisionLine, Minutes, TaskLine
from dashboard.text import LANGUAGES, Language
from pipelines.settings import Meetings
from tests.builders.minutes import CALENDAR, ETIENNE, LOUISE, MARC, ZOE, full_minutes

#: Title, owner, day, and how the day is written in English and in French.
DECIDED = (
    ("Appeler chaque client perdu", MARC, date(2026, 11, 13), "Nov 13, 2026", "13 nov. 2026"),
    ("Remise de 5 % au plus", ZOE, date(2026, 12, 1), "Dec 1, 2026", "1er déc. 2026"),
    ("Visiter l'atelier de Lemieux", ETIENNE, date(2027, 1, 8), "Jan 8, 2027", "8 janv. 2027"),
)


def decided() -> Minutes:
    """Return minutes with three decisions, one of them for somebody who was not there."""
    full = full_minutes()
    return replace(
        full,
        decisions=tuple(
            DecisionLine(number, None, title, owner, day, 40 + number)
            for number, (title, owner, day, *_) in enumerate(DECIDED)
        ),
        tasks=tuple(
            TaskLine(40 + number, title, owner, day, new=True)
            for number, (title, owner, day, *_) in enumerate(DECIDED)
        ),
    )


def lines(language: Language) -> list[str]:
    """Return each decision with its owner and its day, as a reader of the language reads it."""
    return [
        f"{title} {owner} {english if language == 'en' else french}"
        for title, owner, _, english, french in DECIDED
    ]


def read(written: str) -> str:
    """Return the words of a text, without what draws lines and breaks them."""
    plain = re.sub(r"\bdue date: |échéance : ", "", " ".join(written.split()))
    return " ".join(re.sub(r"[|·\\\u200b]", " ", plain).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_leaves_has_each_decision_with_its_owner_and_its_day(language: Language) -> None:
    minutes = decided()
    sheet = minutes_sheet(minutes, language, CALENDAR)
    letter = minutes_letter(minutes, LOUISE, language)
    pages = PdfReader(io.BytesIO(sheet_pdf(sheet))).pages
    told = {
        "paper": " ".join(page.extract_text() for page in pages),
        "markdown": sheet_markdown(sheet),
        "letter": sheet_text(letter),
        "letter in HTML": re.sub(r"<[^>]+>", " ", sheet_html(letter)).replace("&#x27;", "'"),
    }

    missing = {
        where: [line for line in lines(language) if line not in read(said)]
        for where, said in told.items()
    }
    assert missing == {where: [] for where in told}


def events(minutes: Minutes, owner: str | None) -> set[tuple[str, date]]:
    file = minutes_calendar(minutes, "en", CALENDAR, Meetings(), "America/Montreal", owner=owner)
    found: list[Any] = [
        event for event in Dates.from_ical(file).walk("VEVENT") if "transp" in event
    ]
    return {(str(event["summary"]), event["dtstart"].dt) for event in found}


def test_the_calendar_to_take_away_has_each_decision_with_its_owner_on_its_day() -> None:
    expected = {(f"{title} ({owner})", day) for title, owner, day, *_ in DECIDED}

    assert events(decided(), None) == expected


def test_the_calendars_in_the_letters_have_each_decision_once_with_its_owner() -> None:
    minutes = decided()

    for title, owner, day, *_ in DECIDED:
        assert events(minutes, owner) == {(title, day)}
    assert events(minutes, LOUISE) == set()


def test_what_stood_in_the_calendar_of_a_former_letter_moves_in_it() -> None:
    first = decided()
    later = replace(
        first,
        closed_at=first.closed_at.replace(day=17),
        tasks=(replace(first.tasks[0], due_on=date(2026, 11, 20), new=False),),
    )

    def event(minutes: Minutes) -> Any:
        file = minutes_calendar(minutes, "fr", CALENDAR, Meetings(), "America/Montreal", owner=MARC)
        (found,) = [one for one in Dates.from_ical(file).walk("VEVENT") if "transp" in one]
        return found

    before, after = event(first), event(later)
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"] < 2**31
    assert after["dtstart"].dt == date(2026, 11, 20)
