"""Minutes and preparations by e-mail: once to everybody who is invited, and nothing is lost."""

import email
import email.policy
import io
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar as Dates
from pypdf import PdfReader

from dashboard import data, posting, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.jobs.current import desk
from dashboard.jobs.job import State
from dashboard.readers import Reader, readers
from dashboard.rhythm.meeting import closing, deciding, preparing, running
from dashboard.rhythm.meeting.letters import Post, Way, letters
from dashboard.rhythm.meeting.model import Kind
from dashboard.text import render
from pipelines.errors import AccessRefused, Refused
from pipelines.journal import changes_after
from pipelines.people.person import Details
from pipelines.people.register import change_person
from pipelines.settings import Mail, MailSecurity
from tests.builders.company import OWNER
from tests.builders.mail_server import mail_server
from tests.builders.meetings import planned
from tests.builders.office import ADDRESSES, DECIDED, FRIDAY, Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


def server_at(port: int) -> Mail:
    return Mail(
        host="127.0.0.1",
        port=port,
        security=MailSecurity.NONE,
        sender="rythme@erable.example",
    )


def read(letter: bytes) -> EmailMessage:
    found = email.message_from_bytes(letter, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def part(letter: EmailMessage, kind: str) -> str:
    (found,) = [one for one in letter.walk() if one.get_content_type() == kind]
    content = found.get_content()
    assert isinstance(content, str)
    return content


def attached_paper(letter: EmailMessage) -> str:
    (found,) = [one for one in letter.walk() if one.get_content_type() == "application/pdf"]
    pages = PdfReader(io.BytesIO(found.get_content())).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_everybody_invited_gets_the_minutes_absent_people_too(office: Office) -> None:
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        sent = office.send()

    assert {one.name: one.way for one in sent} == {
        "Louise Gagnon": Way.SERVER,
        "Luc Paré": Way.SERVER,
        "Zoé Côté": Way.SERVER,
    }
    received = [read(letter) for letter in server.letters]
    assert sorted(str(one["To"]) for one in received) == [
        "louise@erable.example",
        "luc@erable.example",
        "zoe@erable.example",
    ]
    assert office.outbox == []


def own_dates(letter: EmailMessage) -> dict[str, str]:
    """Return the titles in a letter's calendar file, with their days."""
    events: list[Any] = list(Dates.from_ical(part(letter, "text/calendar")).walk("VEVENT"))
    return {str(event["summary"]): f"{event['dtstart'].dt:%Y-%m-%d}" for event in events}


def words(written: str) -> str:
    """Return a text on one line, with blanks that may break."""
    return " ".join(written.split())


def test_a_letter_its_paper_and_the_files_to_take_away_hold_the_same_decision(
    office: Office,
) -> None:
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        office.send()

    taken = data.minutes.minutes_file(office.meeting, "fr_CA", "md").decode()
    events: list[Any] = list(
        Dates.from_ical(data.minutes.minutes_file(office.meeting, "fr_CA", "ics")).walk("VEVENT")
    )
    days = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert f"{DECIDED}<br>Blocage : Soumissions tardives | Luc Paré | 20 nov. 2026" in words(taken)
    assert days[f"{DECIDED} (Luc Paré)"] == FRIDAY
    for letter in map(read, server.letters):
        told = words(part(letter, "text/plain"))
        assert f"{DECIDED} Blocage : Soumissions tardives · Luc Paré · échéance : 20 nov." in told
        told = words(re.sub(r"<[^>]+>", " ", part(letter, "text/html")))
        assert f"{DECIDED} Blocage : Soumissions tardives Luc Paré échéance : 20 nov. 2026" in told
        paper = words(attached_paper(letter))
        assert f"{DECIDED} Blocage : Soumissions tardives Luc Paré 20 nov. 2026" in paper
        names = [one.get_filename() for one in letter.iter_attachments()]
        assert names == ["compte-rendu-2026-11-17.pdf", "compte-rendu-2026-11-17.ics"]


def test_everybody_gets_their_own_dates_and_nobody_elses(office: Office) -> None:
    context = office.context.on(date(2026, 11, 24))
    number = planned(context)
    running.start(context, number)
    deciding.new_action(context, number, "Rappeler Lemieux", "Zoé Côté", date(2026, 12, 2))
    closing.close(context, number)
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        posting.deliver(number, Post.MINUTES)

    following = {"Rencontre de vente hebdomadaire": "2026-12-01"}
    received = {str(one["To"]): one for one in map(read, server.letters)}
    # what was promised before is still hers, beside what is new
    assert own_dates(received["zoe@erable.example"]) == {
        "Appeler Hydro": "2026-11-20",
        "Rappeler Lemieux": "2026-12-02",
        **following,
    }
    assert own_dates(received["luc@erable.example"]) == {DECIDED: "2026-11-20", **following}
    assert own_dates(received["louise@erable.example"]) == following
    for letter in received.values():
        said = part(letter, "text/plain")
        theirs = words(said[said.index("CE QUE VOUS FAITES") : said.index("EN BREF")])
        for title, day in own_dates(letter).items():
            if title not in following:
                shown = "2 déc. 2026" if day == "2026-12-02" else "20 nov. 2026"
                assert f"{title} " in theirs
                assert f"échéance : {shown}" in theirs
        assert "vos propres dates" in words(said)


def test_a_letter_begins_with_its_readers_own_commitments(office: Office) -> None:
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        office.send()

    said = {str(one["To"]): part(one, "text/plain") for one in map(read, server.letters)}
    zoe = said["zoe@erable.example"]
    assert zoe.index("CE QUE VOUS FAITES") < zoe.index("Appeler Hydro") < zoe.index("DÉCISIONS")
    assert "vous n’étiez pas là" in said["luc@erable.example"]


def test_nobody_gets_it_twice_unless_somebody_asks(office: Office) -> None:
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        office.send()
        assert office.send() == []
        assert len(office.send(again=True)) == 3

    assert len(server.letters) == 6


def test_two_who_ask_at_once_do_not_send_twice(office: Office) -> None:
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        threads = [threading.Thread(target=_send_as_owner, args=(office,)) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)

    assert len(server.letters) == 3


def test_without_a_server_the_letters_lie_in_the_outbox(office: Office) -> None:
    sent = office.send()

    assert {one.way for one in sent} == {Way.FILE}
    assert sorted(path.name for path in office.outbox) == sorted(str(one.file) for one in sent)
    said = {str(read(path.read_bytes())["To"]) for path in office.outbox}
    assert said == {address for address in ADDRESSES.values() if address}
    assert office.send() == []


def test_a_server_that_fails_loses_nothing_says_why_and_gets_it_the_next_time(
    office: Office,
) -> None:
    with mail_server(refuses={"MAIL": "451 4.3.0 try later"}) as server:
        office.with_mail(server_at(server.port))
        failed = office.send()
        # one answer is enough: the others are not tried
        assert server.commands.count("MAIL") <= 1
        assert len(office.outbox) == 3
        for one in failed:
            assert "451" in "".join(map(str, one.trouble))
        # whoever looks reads it in their own language
        kept = letters(office.context, office.meeting)[0].trouble[0]
        assert render(kept.what, "fr_CA").startswith("Le serveur de courriel refuse")
        assert render(kept.what, "en").startswith("The mail server does not accept the sender")

        server.refuses.clear()
        again = office.send()

    assert {one.way for one in again} == {Way.SERVER}
    assert len(server.letters) == 3
    assert office.outbox == []
    assert [one.trouble for one in letters(office.context, office.meeting)] == [(), (), ()]


def test_an_address_that_the_server_refuses_keeps_nobody_else_from_their_letter(
    office: Office,
) -> None:
    class Picky(dict[str, str]):
        """Refuse the first address, and no other one."""

        def __getitem__(self, command: str) -> str:
            return self.pop(command)

    refuses = Picky(RCPT="550 5.1.1 nobody of this name")
    with mail_server(refuses=refuses) as server:
        office.with_mail(server_at(server.port))
        sent = office.send()

    ways = sorted(one.way for one in sent)
    assert ways == [Way.FILE, Way.SERVER, Way.SERVER]


def test_an_address_that_no_letter_can_go_to_keeps_nobody_else_from_theirs(office: Office) -> None:
    (person_id,) = [one.visitor.person_id for one in readers(["Zoé Côté"])]
    assert person_id is not None
    change_person(office.context, person_id, 1, Details("Zoé Côté", "zoé@erable.example"))
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        sent = office.send()

    assert {one.name for one in sent} == {"Louise Gagnon", "Luc Paré"}
    assert [one.address for one in readers(["Zoé Côté"])] == [None]


def test_what_was_sent_stands_in_the_journal(office: Office) -> None:
    office.send()

    written = office.context.store.read(lambda cursor: changes_after(cursor, 0))
    (told,) = [one for one in written if one.what == "meeting.sent"]
    assert told.after == {"kind": "minutes", "server": 0, "file": 3}


def test_a_letter_follows_somebody_to_their_new_name(office: Office) -> None:
    office.send()
    people = {one.name: one for one in readers(["Zoé Côté"])}
    person_id = people["Zoé Côté"].visitor.person_id
    assert person_id is not None
    change_person(office.context, person_id, 1, Details("Zoé Tremblay", "zoe@erable.example"))

    assert "Zoé Tremblay" in {one.name for one in letters(office.context, office.meeting)}
    assert office.send() == []


def test_a_name_with_a_line_end_adds_no_header(office: Office) -> None:
    office.with_settings(company="Érable\r\nBcc: spy@evil.example")

    office.send()

    for path in office.outbox:
        letter = read(path.read_bytes())
        assert letter["Bcc"] is None
        assert path.name.replace("-", "").replace(".eml", "").isalnum()


def test_the_letters_are_a_job_that_says_what_came_of_it(office: Office) -> None:
    number = posting.submit(office.meeting, Post.MINUTES)
    job = desk().wait(number, 60)

    assert job is not None
    assert job.state is State.DONE
    assert "3 messages déposés" in "".join(job.lines)
    assert posting.under_way(office.meeting, Post.MINUTES) is None


def test_a_salesperson_sends_nothing(office: Office) -> None:
    zoe = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
    with session.acting_as(zoe), pytest.raises(AccessRefused):
        posting.submit(office.meeting, Post.MINUTES)


def test_a_meeting_that_is_not_closed_has_nothing_to_send(office: Office) -> None:
    following = planned(office.context.on(date(2026, 11, 18)))

    with pytest.raises(Refused):
        posting.deliver(following, Post.MINUTES)


def test_the_preparation_goes_to_those_who_are_invited(office: Office) -> None:
    following = planned(office.context.on(date(2026, 11, 18)))
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        posting.deliver(following, Post.PREREAD)

    said = [part(read(letter), "text/plain") for letter in server.letters]
    assert len(said) == 3
    assert all("À lire avant le mardi 24 novembre 2026" in words(one) for one in said)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [(Kind.MONTHLY, "Revue mensuelle des écarts"), (Kind.QUARTERLY, "Revue trimestrielle")],
)
def test_reviews_have_their_own_preparation_in_the_post(
    office: Office, kind: Kind, begins: str
) -> None:
    day = date(2026, 12, 8)
    number = preparing.plan_meeting(office.context, kind, day, invited=tuple(ADDRESSES)).meeting_id
    with mail_server() as server:
        office.with_mail(server_at(server.port))
        posting.deliver(number, Post.PREREAD)

    for letter in map(read, server.letters):
        assert begins in words(part(letter, "text/plain"))
        assert begins in words(attached_paper(letter))
        assert "exception" not in words(part(letter, "text/plain"))
    assert len(server.letters) == 3


def test_whoever_reads_closed_reviews_only_gets_no_preparation(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = planned(office.context.on(date(2026, 11, 18)))
    adviser = Visitor("Luc Paré", Role.VIEWER, names=frozenset({"Luc Paré"}))

    def seen(names: Sequence[str]) -> tuple[Reader, ...]:
        return tuple(
            replace(one, visitor=adviser) if one.name == "Luc Paré" else one
            for one in readers(names)
        )

    monkeypatch.setattr(posting, "readers", seen)

    sent = posting.deliver(following, Post.PREREAD)

    assert sorted(one.name for one in sent) == ["Louise Gagnon", "Zoé Côté"]


def _send_as_owner(office: Office) -> None:
    with session.acting_as(OWNER):
        office.send()
