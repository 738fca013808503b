"""The page of minutes: who finds which meeting, what it shows, and the files it gives away."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.jobs.current import desk
from dashboard.navigation import Place
from dashboard.report.sheet import Table
from dashboard.rhythm.meeting import closing, coming, deciding, preparing, running
from dashboard.rhythm.meeting.archive import Said
from dashboard.rhythm.meeting.letters import letters
from dashboard.text import LANGUAGES, Language
from pipelines.errors import AccessRefused
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.periods import Grain
from tests.builders.company import OWNER
from tests.builders.meetings import planned
from tests.builders.office import DECIDED, Office, open_office
from tests.builders.pages import empty_company, given, open_page, texts

ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
STRANGER = Visitor("Anne Roy", Role.SALESPERSON, names=frozenset({"Anne Roy"}))
ADVISER = Visitor("Paul Adviser", Role.VIEWER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def seen_by(office: Office, visitor: Visitor, **address: str) -> AppTest:
    session.use(office.context, lambda: visitor)
    return open_page(Place.MINUTES, **address)


def listed(page: AppTest) -> list[str]:
    return [one["name"] for one in given(page, "shelf")["meetings"]]


def headings(page: AppTest) -> list[str]:
    return [part["heading"] for part in given(page, "sheet")["parts"]]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Minutes of Tuesday, November 17, 2026"),
        ("fr", "Compte rendu du mardi 17 novembre 2026"),
        ("fr_CA", "Compte rendu du mardi 17 novembre 2026"),
    ],
)
def test_a_meeting_is_read_in_every_language(office: Office, language: str, title: str) -> None:
    page = seen_by(office, OWNER, lang=language, meeting=str(office.meeting))

    assert not page.exception
    assert page.title[0].value == title
    shown = given(page, "sheet")
    assert shown["parts"][0]["blocks"][0]["rows"][0][0]["text"] == DECIDED
    assert [link["name"] for link in shown["links"]] == ["PDF", "Markdown", ".ics"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_meeting_the_page_says_what_will_be_here(
    tmp_path: Path, language: Language
) -> None:
    with empty_company(tmp_path):
        page = open_page(Place.MINUTES, lang=language)

    assert not page.exception
    assert len(page.caption) == 1


def test_the_list_says_what_a_meeting_brought(office: Office) -> None:
    (one,) = given(seen_by(office, OWNER, lang="fr_CA"), "shelf")["meetings"]

    assert one["name"] == "mardi 17 novembre 2026"
    assert {"name": "brought", "text": "1 décision", "tone": ""} in one["facts"]
    # whatever a meeting lacks, the others stand in their columns
    names = [fact["name"] for fact in one["facts"]]
    assert names == [
        name for name in ("kind", "took", "brought", "kept", "rating") if name in names
    ]


@pytest.mark.parametrize(("visitor", "count"), [(OWNER, 1), (ZOE, 1), (ADVISER, 1), (STRANGER, 0)])
def test_salespeople_find_their_own_meetings_and_advisers_all(
    office: Office, visitor: Visitor, count: int
) -> None:
    page = seen_by(office, visitor, lang="en")

    assert not page.exception
    assert (listed(page) if count else []) == ["Tuesday, November 17, 2026"] * count


def test_whoever_was_not_invited_gets_neither_page_nor_file(office: Office) -> None:
    page = seen_by(office, STRANGER, lang="en", meeting=str(office.meeting))

    assert DECIDED not in texts(page)
    assert not page.get("bidi_component") or "sheet" not in str(page.get("bidi_component"))
    with session.acting_as(STRANGER), pytest.raises(AccessRefused):
        data.minutes.minutes_file(office.meeting, "en", "pdf")


def test_whoever_does_not_run_meetings_sends_nothing(office: Office) -> None:
    for visitor in (ZOE, ADVISER):
        page = seen_by(office, visitor, lang="en", meeting=str(office.meeting))
        assert [button.key for button in page.button] == ["all_minutes"]


def test_one_click_sends_the_minutes_and_the_page_says_to_whom(office: Office) -> None:
    page = seen_by(office, OWNER, lang="en", meeting=str(office.meeting))

    page.button("send_minutes").click().run()

    assert desk().jobs() == () or all(job.state.ended for job in desk().jobs())
    _sent_to(office, 3)
    page.run()
    said = texts(page)
    assert "Luc Paré" in said
    assert "outbox" in said
    assert "No address is known for Marc Roy." in said
    assert [button.key for button in page.button] == ["again_minutes", "all_minutes"]


def test_a_question_finds_what_was_decided_the_decision_first(office: Office) -> None:
    page = seen_by(office, OWNER, lang="en", about="tardives")

    (meeting,) = given(page, "shelf")["meetings"]
    assert [line["kind"] for line in meeting["lines"]] == ["Decision", "Blocker"]
    assert meeting["lines"][0]["text"] == [[DECIDED, False]]
    # the decision was found by the blocker it was taken on
    assert [piece for piece, marked in meeting["lines"][0]["more"] if marked] == ["tardives"]


@pytest.mark.parametrize(
    ("words", "why", "marked"),
    [
        # in the words of France, where Québec says something else
        ("taux de transfo", "Indicateur : Ratio de conclusion (Taux de transformation)", 4),
        ("ratio conclusion", "Indicateur : Ratio de conclusion", 2),
    ],
)
def test_what_is_found_by_its_kpi_says_so(
    office: Office, words: str, why: str, marked: int
) -> None:
    later = office.context.on(date(2026, 11, 24))
    number = planned(later)
    running.start(later, number)
    deciding.decide(later, number, "Appeler", "Zoé Côté", date(2026, 11, 27), kpi="win_rate")
    closing.close(later, number)
    session.use(later, lambda: OWNER)

    (meeting,) = given(open_page(Place.MINUTES, lang="fr_CA", about=words), "shelf")["meetings"]

    about = next(line["about"] for line in meeting["lines"] if line["kind"] == "Décision")
    assert "".join(piece for piece, _ in about).replace("\N{NO-BREAK SPACE}", " ") == why
    assert sum(is_marked for _, is_marked in about) == marked


def test_what_an_open_meeting_says_is_not_found_yet(office: Office) -> None:
    context = office.context.on(date(2026, 11, 24))
    number = planned(context)
    running.start(context, number)

    found = data.decisions.found("soumissions")

    assert {one.meeting_id for one in found if one.kind is Said.DECISION} == {office.meeting}


def test_a_question_about_nothing_is_answered(office: Office) -> None:
    page = seen_by(office, OWNER, lang="en", about="mammoth")

    assert [info.value for info in page.info] == ["Nothing was said about it in a closed meeting."]


@pytest.mark.parametrize("meeting", ["0", "99", "x", "-1", "9" * 40])
def test_an_address_of_no_meeting_leads_to_the_list(office: Office, meeting: str) -> None:
    page = seen_by(office, OWNER, lang="en", meeting=meeting)

    assert not page.exception
    assert page.title[0].value == "Meeting minutes"


def test_a_number_that_was_corrected_since_stands_beside_the_one_that_was_seen(
    office: Office,
) -> None:
    week = date(2026, 11, 16)
    kept = HandKept("visits", "Visits", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    create_hand_kept(office.context, kept)
    add_entry(office.context, EntryRow("visits", week, 12, grain=Grain.WEEK))
    later = office.context.on(date(2026, 11, 24))
    number = planned(later)
    running.start(later, number)
    closing.close(later, number)
    session.use(later, lambda: OWNER)
    assert _visits(number) == ("12", "")

    add_entry(later, EntryRow("visits", week, 15, grain=Grain.WEEK))

    assert _visits(number) == ("12", "15 depuis une importation")
    assert "15" not in data.minutes.minutes_file(number, "fr_CA", "md").decode()


def _visits(number: int) -> tuple[str, str]:
    sheet = data.minutes.sheet(data.minutes.minutes(number), "fr_CA")
    for part in sheet.parts:
        for block in part.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                if row[0].text == "Visits":
                    return row[1].text, row[1].small
    return "", ""


def test_a_preparation_is_read_by_those_who_take_part(office: Office) -> None:
    day = coming.next_day(office.context, after=office.context.today())
    number = preparing.plan_meeting(office.context, day=day).meeting_id

    with session.acting_as(ZOE):
        assert "17" not in data.minutes.preparation(number, "en").title
        assert data.minutes.preparation_file(number, "en").startswith(b"%PDF")
    for visitor in (ADVISER, STRANGER):
        with session.acting_as(visitor), pytest.raises(AccessRefused):
            data.minutes.preparation_file(number, "en")


def _sent_to(office: Office, count: int) -> None:
    for job in desk().jobs():
        desk().wait(job.job_id, 30)
    find = partial(letters, office.context, office.meeting)
    assert len(find()) == count
