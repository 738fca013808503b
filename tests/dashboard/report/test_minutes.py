"""Minutes in words: PDF, Markdown, letter and calendar file say the same, and obey nobody."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar as Dates
from markdown_it import MarkdownIt
from pypdf import PdfReader

from dashboard.report.calendar_file import Dates as CalendarDates
from dashboard.report.calendar_file import Due, calendar_file
from dashboard.report.minutes_calendar import minutes_calendar
from dashboard.report.minutes_letter import minutes_letter, subject_of
from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.sheet_letter import sheet_html, sheet_text
from dashboard.report.sheet_markdown import escaped, sheet_markdown
from dashboard.report.sheet_pdf import sheet_pdf
from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.keeping import kept_of
from dashboard.rhythm.meeting.minutes import (
    CommitmentLine,
    Minutes,
    Standing,
    as_seen,
    from_json,
    to_json,
)
from dashboard.text import LANGUAGES, Language
from pipelines.actor import Scope
from pipelines.settings import Meetings
from tests.builders.injections import CONTROL_SIGNS, ELEMENT, Injection, injections
from tests.builders.minutes import (
    CALENDAR,
    DECIDED,
    ETIENNE,
    MARC,
    RATE,
    empty_minutes,
    full_minutes,
)

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_BREAK = "\N{ZERO WIDTH SPACE}"


def pdf(minutes: Minutes, language: Language = "fr") -> PdfReader:
    return PdfReader(io.BytesIO(sheet_pdf(minutes_sheet(minutes, language, CALENDAR))))


def on_paper(minutes: Minutes, language: Language = "fr") -> str:
    """Return what a PDF says, its lines joined."""
    said = " ".join(page.extract_text() for page in pdf(minutes, language).pages)
    return " ".join(said.replace(_BREAK, "").replace("\xa0", " ").split())


def markdown(minutes: Minutes, language: Language = "fr") -> str:
    return sheet_markdown(minutes_sheet(minutes, language, CALENDAR))


def read_markdown(written: str) -> str:
    """Return what a reader of Markdown sees: the text of all its pieces."""
    return "".join(
        piece.content
        for token in _MARKDOWN.parse(written)
        for piece in token.children or []
        if piece.type == "text"
    )


def dates(minutes: Minutes, language: Language = "fr") -> bytes:
    return minutes_calendar(minutes, language, CALENDAR, Meetings(), "America/Montreal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_markdown_letter_and_calendar_hold_the_same_decisions(language: Language) -> None:
    minutes = full_minutes()
    letter = sheet_text(minutes_letter(minutes, ETIENNE, language))
    summaries = [
        str(event["summary"]) for event in Dates.from_ical(dates(minutes, language)).walk("VEVENT")
    ]

    assert DECIDED in on_paper(minutes, language)
    assert DECIDED in read_markdown(markdown(minutes, language))
    assert DECIDED in " ".join(letter.split())
    assert f"{DECIDED} ({MARC})" in summaries


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Minutes of Tuesday, November 10, 2026", "2 commitments out of 3", "67%", "8.3/10"],
        ),
        (
            "fr",
            ["Compte rendu du mardi 10 novembre 2026", "2 engagements sur 3", "67 %", "8,3/10 (3"],
        ),
        ("fr_CA", ["Rencontre de vente hebdomadaire", "Bons coups", "152 k$", "Cible", "Réel"]),
    ],
)
def test_the_minutes_are_written_in_the_readers_language(
    language: Language, words: list[str]
) -> None:
    paper = on_paper(full_minutes(), language)

    assert [word for word in words if word not in paper] == []


def test_decisions_and_actions_come_before_numbers_and_notes() -> None:
    written = markdown(full_minutes(), "en")

    headings = re.findall(r"^## (.+)$", written, re.MULTILINE)
    assert headings[:2] == ["Decisions", "New actions"]
    assert headings.index("Blockers") < headings.index("Time")


def test_what_decisions_gave_out_is_not_counted_again_among_the_new_actions() -> None:
    minutes = full_minutes()
    given = len(minutes.decisions) + len(minutes.actions)
    written = markdown(replace(minutes, hygiene=replace(minutes.hygiene, actions=given)), "en")

    assert f", {len(minutes.actions)} new action" in written
    assert f", {given} new action" not in written


def test_the_minutes_tell_who_was_there_how_long_it_took_and_when_the_next_one_is() -> None:
    said = read_markdown(markdown(full_minutes(), "en"))

    assert "Étienne Morin" in said
    assert "31 min, 30 min planned" in said
    assert "Tuesday, November 17, 2026" in said
    # 7 of 6 minutes and 13 of 12: both ran a minute over
    assert said.count("+1 min") == 2


def test_a_meeting_that_brought_nothing_is_called_so_gently() -> None:
    assert "A numbers meeting" in on_paper(empty_minutes(), "en")
    assert "Une réunion de chiffres" in on_paper(empty_minutes(), "fr")
    assert "Une rencontre de chiffres" in on_paper(empty_minutes(), "fr_CA")
    assert "/10" not in markdown(empty_minutes(), "en")


def test_the_same_minutes_are_the_same_bytes_also_after_they_were_kept() -> None:
    minutes = full_minutes()
    kept = from_json(to_json(minutes))

    for language in LANGUAGES:
        first = sheet_pdf(minutes_sheet(minutes, language, CALENDAR))
        assert sheet_pdf(minutes_sheet(kept, language, CALENDAR)) == first
        assert markdown(kept, language) == markdown(minutes, language)
        assert dates(kept, language) == dates(minutes, language)


def test_the_paper_is_tagged_and_says_its_title_and_its_language() -> None:
    document = pdf(full_minutes(), "fr_CA")

    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-CA"
    assert document.metadata is not None
    assert str(document.metadata.title).startswith("Compte rendu du mardi 10 novembre 2026")


def test_the_paper_has_the_size_that_is_usual_where_the_language_is_read() -> None:
    assert round(float(pdf(full_minutes(), "fr").pages[0].mediabox.height)) == 842  # A4
    assert round(float(pdf(full_minutes(), "fr_CA").pages[0].mediabox.height)) == 792  # Letter


def test_who_may_not_see_margins_reads_none_anywhere() -> None:
    minutes = as_seen(full_minutes(), Scope(frozenset({MARC}), margins=False, ratings=False))

    for said in (
        on_paper(minutes),
        markdown(minutes),
        sheet_text(minutes_letter(minutes, MARC, "fr")),
    ):
        assert "marge" not in said.casefold()


def test_a_number_that_is_different_today_stands_beside_the_one_that_was_seen() -> None:
    now = {"win_rate": 0.32, "sales_won": 152_000.0}
    minutes = full_minutes()

    shown = sheet_markdown(minutes_sheet(minutes, "fr_CA", CALENDAR, today=now))

    assert "25\xa0%<br>3 sur 12 · 32\xa0% depuis une importation" in shown
    assert shown.count("depuis une importation") == 1
    assert "depuis une importation" not in markdown(minutes, "fr_CA")


def test_a_letter_begins_with_what_is_its_readers() -> None:
    minutes = full_minutes()

    for name, theirs in ((MARC, "Relancer le devis 1042"), ("Zoé Côté", "visite de Lemieux")):
        said = sheet_text(minutes_letter(minutes, name, "fr"))
        assert said.index("CE QUE VOUS FAITES") < said.index(theirs) < said.index("DÉCISIONS")
    absent = sheet_text(minutes_letter(minutes, ETIENNE, "fr"))
    assert "Étienne Morin, vous n’étiez pas là" in absent
    assert "Vous n’avez rien à faire" in absent


def test_a_letter_in_html_fetches_nothing() -> None:
    said = sheet_html(minutes_letter(full_minutes(), MARC, "fr"))

    assert not re.search(r"<(img|link|script|iframe|a|form|svg|object)\b|url\(|https?:", said)
    assert DECIDED.replace("20 000 $", "20\xa0000\xa0$") in said


def test_the_calendar_has_due_dates_as_whole_days_and_the_next_meeting_at_its_time() -> None:
    events: list[Any] = list(Dates.from_ical(dates(full_minutes())).walk("VEVENT"))
    days = {str(event["summary"]): event["dtstart"].dt for event in events}

    assert days[f"{DECIDED} ({MARC})"] == date(2026, 11, 13)
    assert days["Demander les prix du bois (Louise Gagnon)"] == date(2026, 11, 16)
    (meeting,) = [when for name, when in days.items() if "hebdomadaire" in name]
    assert meeting.strftime("%Y-%m-%d %H:%M") == "2026-11-17 09:00"
    assert len({str(event["uid"]) for event in events}) == len(events) == 3


def test_the_same_action_has_one_name_in_every_calendar() -> None:
    minutes = full_minutes()
    task = next(one for one in minutes.tasks if one.owner == MARC and one.new)
    due = Due(task.action_id, task.title, task.due_on, 2)
    subscribed = CalendarDates(
        "f00d", minutes.company, "America/Montreal", [due], (), 1, minutes.closed_at
    )

    def names(content: bytes) -> set[str]:
        return {
            str(event["uid"])
            for event in Dates.from_ical(content).walk("VEVENT")
            if str(event["uid"]).startswith(f"action-{task.action_id}@")
        }

    (name,) = names(calendar_file(subscribed, CALENDAR, "fr"))
    assert names(dates(minutes)) == {name}
    own = minutes_calendar(minutes, "fr", CALENDAR, Meetings(), "America/Montreal", owner=MARC)
    assert names(own) == {name}


def test_commitments_count_as_kept_when_they_were_ticked_off_on_their_day() -> None:
    minutes = full_minutes()
    lines = minutes.commitments
    too_late = replace(lines[2], done_on=date(2026, 11, 10))
    assert too_late.standing is Standing.DONE

    def kept(*listed: CommitmentLine) -> Kept:
        return kept_of(replace(minutes, commitments=listed))

    # one late, one due on the day itself (not told yet), two done
    assert kept(*lines) == Kept(on_time=2, due=3)
    assert kept(*lines[:2], too_late, lines[3]).on_time == 1
    assert kept(lines[1]).share is None


def test_minutes_tell_what_was_counted_when_they_were_closed() -> None:
    # an older one that is still late stands in their list, and was counted by the meeting before
    minutes = replace(full_minutes(), kept=Kept(on_time=2, due=2))

    assert kept_of(minutes) == Kept(2, 2)
    assert from_json(to_json(minutes)) == minutes


def hostile(words: str) -> Minutes:
    """Return minutes in which everything that people type is one text."""
    full = full_minutes()
    return replace(
        full,
        company=words,
        chair=words,
        attendance=tuple(replace(one, name=words) for one in full.attendance),
        sections=tuple(replace(one, title=words) for one in full.sections),
        notes=tuple(replace(one, text=f"{words}\n{words}") for one in full.notes),
        points=tuple(replace(one, title=words, note=words) for one in full.points),
        commitments=tuple(replace(one, title=words, owner=words) for one in full.commitments),
        wins=tuple(replace(one, text=words, person=words) for one in full.wins),
        blockers=tuple(
            replace(one, title=words, facts=words, ideas=words, forum=words)
            for one in full.blockers
        ),
        decisions=tuple(replace(one, text=words, owner=words) for one in full.decisions),
        actions=tuple(replace(one, title=words, owner=words) for one in full.actions),
        tasks=tuple(replace(one, title=words, owner=words) for one in full.tasks),
    )


_INJECTIONS = injections("http://127.0.0.1:9")


@pytest.mark.parametrize("one", _INJECTIONS, ids=[one.marker for one in _INJECTIONS])
def test_hostile_words_stay_words_in_markdown_html_text_and_calendar(one: Injection) -> None:
    words, marker = one.words, one.marker
    minutes = hostile(words)

    tokens = _MARKDOWN.parse(markdown(minutes))
    kinds = {token.type for token in tokens}
    pieces = {piece.type for token in tokens for piece in token.children or []}
    assert not {"html_block", "fence", "code_block", "blockquote_open"} & kinds
    assert not {"image", "link_open", "code_inline", "s_open"} & pieces
    # the only markup of ours within a line
    html = [p.content for t in tokens for p in t.children or [] if p.type == "html_inline"]
    assert set(html) <= {"<br>"}
    # every row of a table has as many cells as its head, and no heading was added
    plain = _MARKDOWN.parse(markdown(full_minutes()))
    for kind in ("heading_open", "td_open", "th_open", "list_item_open", "hr"):
        ours = sum(token.type == kind for token in tokens)
        assert ours - sum(token.type == kind for token in plain) in (
            {0} if kind != "list_item_open" else {0, 1, 2}
        ), kind

    letter = minutes_letter(minutes, words, "en")
    for said in (sheet_text(letter), sheet_html(letter), markdown(minutes)):
        assert marker in said
        assert not CONTROL_SIGNS & set(said)
    assert f"<{ELEMENT}" not in sheet_html(letter)
    tags = set(re.findall(r"<(/?[a-z0-9]+)", sheet_html(letter)))
    assert tags <= set(
        re.findall(r"<(/?[a-z0-9]+)", sheet_html(minutes_letter(full_minutes(), MARC, "en")))
    )

    events = list(Dates.from_ical(dates(minutes)).walk("VEVENT"))
    assert len(events) == 3
    names = {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "TRANSP"}
    assert {name for event in events for name in event} <= names
    assert "\n" not in subject_of(minutes, "en").replace(words, "")


@pytest.mark.parametrize("one", _INJECTIONS[::4], ids=[one.marker for one in _INJECTIONS[::4]])
def test_hostile_words_stay_words_on_paper(one: Injection) -> None:
    document = pdf(hostile(one.words))
    said = "".join(page.extract_text() for page in document.pages).replace(_BREAK, "")

    assert one.marker in said.replace("\n", "")
    assert not any("/Annots" in page for page in document.pages)


@pytest.mark.parametrize(
    "words",
    [
        "- point",
        "1. point",
        "+ point",
        "=====",
        "---",
        "# x",
        "a | b",
        "http://x.example",
        "a@b.ca",
    ],
)
def test_a_line_that_begins_like_markup_is_a_line(words: str) -> None:
    tokens = _MARKDOWN.parse(f"{escaped(words)}\n")

    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert tokens[1].content.replace("\\", "").replace("\N{WORD JOINER}", "") == words


def test_a_very_long_note_is_kept_on_paper_and_in_the_letter() -> None:
    full = full_minutes()
    minutes = replace(full, notes=(replace(full.notes[0], text="longue note " * 8_000),))

    assert len(pdf(minutes).pages) > 5
    assert markdown(minutes).count("longue note") == 8_000


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Win rate"), ("fr", "Taux de transformation")]
)
def test_a_blocker_that_is_called_as_its_kpi_is_bears_its_name_in_the_readers_language(
    language: Language, name: str
) -> None:
    full = full_minutes()
    blockers = tuple(replace(one, title=RATE.fr, kpi=RATE) for one in full.blockers)
    minutes = replace(full, blockers=blockers)

    said = sheet_markdown(minutes_sheet(minutes, language, CALENDAR))

    assert (RATE.en, RATE.fr) == ("Win rate", "Taux de transformation")
    assert name in said
    assert {"en": RATE.fr, "fr": RATE.en}[language] not in said


def test_a_share_of_other_dates_than_the_table_has_lines_says_why() -> None:
    why = "also where an action was given up"
    late, due_today, *done = full_minutes().commitments

    def said(due: int, *listed: CommitmentLine) -> str:
        counted = replace(full_minutes(), commitments=listed, kept=Kept(on_time=2, due=due))
        return sheet_markdown(minutes_sheet(counted, "en", CALENDAR))

    assert why not in said(3, late, *done)
    assert why in said(4, late, *done)  # one was given up once it was late
    assert why in said(4, late, *done, due_today)  # as many lines, but that day is not over
