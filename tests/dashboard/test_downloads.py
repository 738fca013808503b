"""Files are taken away over HTTP: by a ticket of this process, for half a day, and by nothing else."""

import http.client
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import NamedTuple

import pytest
from itsdangerous import TimestampSigner
from starlette.applications import Starlette

from dashboard import data, downloads, session
from dashboard.access.audit import Audit
from dashboard.access.rights import Capability, Role
from dashboard.access.visitor import Visitor
from pipelines.context import Context
from pipelines.errors import StoreError, msg
from tests.builders.browser import answering
from tests.builders.pages import showing
from tests.builders.sample import sample_context

WEEK = "2026-W46"
LOUISE = Visitor("Louise Gagnon", Role.OWNER, account_id=1, session_id="louise")
PDF = {"week": WEEK, "language": "fr_CA"}


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes

    @property
    def page(self) -> str:
        return self.body.decode()


@pytest.fixture
def sample() -> Iterator[Context]:
    with showing(sample_context()) as context:
        yield context


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with answering(Starlette(routes=[downloads.ROUTE])) as found:
        yield found


def get(port: int, link: str, accepted: str = "en") -> Answer:
    """Follow a link of the Monday page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", link.removeprefix("."), headers={"Accept-Language": accepted})
    answer = connection.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return found


def test_the_pdf_is_the_review_on_the_screen(port: int, sample: Context) -> None:
    answer = get(port, downloads.link("weekly_pdf", "cap90-2026-W46.pdf", **PDF))

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    review = data.reviews.review(sample.calendar.parse(WEEK))
    assert answer.body == data.reviews.weekly_pdf(review, "fr_CA")
    assert answer.body != data.reviews.weekly_pdf(review, "en")


@pytest.mark.usefixtures("sample")
def test_a_file_is_kept_by_nobody_on_the_way_and_taken_for_nothing_else(port: int) -> None:
    headers = get(port, downloads.link("weekly_pdf", "week.pdf", **PDF)).headers

    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("week.pdf", "attachment; filename=\"week.pdf\"; filename*=UTF-8''week.pdf"),
        (
            "é «1».pdf",
            "attachment; filename=\"e 1.pdf\"; filename*=UTF-8''%C3%A9%20%C2%AB1%C2%BB.pdf",
        ),
        ('a"\r\nb\\.pdf', "attachment; filename=\"ab.pdf\"; filename*=UTF-8''a%22%0D%0Ab%5C.pdf"),
    ],
)
def test_a_file_keeps_its_name_whatever_is_in_it(port: int, name: str, header: str) -> None:
    answer = get(port, downloads.link("weekly_pdf", name, **PDF))

    assert answer.headers["content-disposition"] == header


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("accepted", "language", "says"),
    [
        ("en-GB,fr;q=0.5", "en", "This link leads to no file any more."),
        ("fr-FR,fr;q=0.9,en;q=0.5", "fr", "Ce lien ne mène plus à aucun fichier."),
        ("fr-CA,en;q=0.5", "fr-CA", "Ce lien ne mène plus à aucun fichier."),
        ("de,fr;q=0.5", "fr", "Ce lien ne mène plus à aucun fichier."),
        ("", "en", "This link leads to no file any more."),
    ],
)
def test_an_unknown_ticket_is_answered_in_the_browsers_language(
    port: int, accepted: str, language: str, says: str
) -> None:
    answer = get(port, "./download/nothing", accepted)

    assert answer.status == 404
    assert f'<html lang="{language}">' in answer.page
    assert says in answer.page
    assert f'href="./../?lang={language.replace("-", "_")}"' in answer.page
    assert not re.search("src=|url\\(|import", answer.page)  # it stands on its own


@pytest.mark.usefixtures("sample")
def test_a_ticket_that_somebody_changed_leads_to_nothing(port: int) -> None:
    link = downloads.link("weekly_pdf", "week.pdf", **PDF)
    at = len("./download/") + 10
    changed = link[:at] + ("A" if link[at] != "A" else "B") + link[at + 1 :]

    assert get(port, changed).status == 404
    assert get(port, link[:-1]).status == 404
    assert get(port, link).status == 200


@pytest.mark.usefixtures("sample")
def test_a_ticket_works_for_twelve_hours_and_then_says_so_in_its_own_language(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = downloads.link("weekly_pdf", "week.pdf", **PDF)
    made = int(time.time())

    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: made + 12 * 3600 - 5)
    assert get(port, link).status == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self: made + 12 * 3600 + 5)
    late = get(port, link, accepted="en")

    assert late.status == 410
    assert '<html lang="fr-CA">' in late.page
    assert "Ce lien a expiré." in late.page
    assert "Rouvrez la page" in late.page


@pytest.mark.parametrize(
    ("asks", "status"),
    [
        (replace(LOUISE, role=Role.VIEWER), 200),  # reviews are what viewers are for
        (replace(LOUISE, session_id="another tab's login"), 404),
        (replace(LOUISE, name="Zoé Côté", account_id=2, session_id="hers"), 404),
        (None, 404),
    ],
)
def test_a_ticket_is_worth_something_in_the_login_session_it_was_made_for(
    port: int, asks: Visitor | None, status: int
) -> None:
    with showing(sample_context(), LOUISE):
        link = downloads.link("weekly_pdf", "week.pdf", **PDF)

    with showing(sample_context(), asks):
        assert get(port, link).status == status


def test_a_kind_of_file_that_somebody_may_not_have_leads_to_nothing(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = replace(downloads._KINDS["weekly_pdf"], needs=Capability.READ_AUDIT)
    monkeypatch.setitem(downloads._KINDS, "weekly_pdf", pdf)
    with showing(sample_context(), LOUISE):
        link = downloads.link("weekly_pdf", "week.pdf", **PDF)
        assert get(port, link).status == 200

    with showing(sample_context(), replace(LOUISE, role=Role.MANAGER)):
        assert get(port, link).status == 404


@pytest.mark.usefixtures("sample")
def test_a_file_that_cannot_be_made_is_a_calm_sentence(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise ZeroDivisionError

    link = downloads.link("weekly_pdf", "week.pdf", **PDF)
    monkeypatch.setattr("dashboard.data.reviews.weekly_pdf", fails)
    answer = get(port, link)

    assert answer.status == 500
    assert "Le fichier n’a pas pu être créé." in answer.page
    assert "ZeroDivision" not in answer.page


@pytest.mark.usefixtures("sample")
def test_a_ticket_is_signed_with_sha_256() -> None:
    signature = downloads.link("weekly_pdf", "cap90-2026-W46.pdf", **PDF).rpartition(".")[2]

    assert len(signature) == 43  # 32 bytes in base64 without padding; SHA-1 has 20


@pytest.mark.usefixtures("sample")
def test_the_trail_says_who_took_which_file_away(port: int) -> None:
    assert get(port, downloads.link("weekly_pdf", "cap90-2026-W46.pdf", **PDF)).status == 200
    assert get(port, "./download/nothing").status == 404

    newest, *_ = session.access().audit.entries()
    assert (newest.actor, newest.what) == ("Louise Gagnon", "report.downloaded")
    assert newest.after == {"file": "cap90-2026-W46.pdf"}


@pytest.mark.usefixtures("sample")
def test_what_cannot_be_noted_is_not_handed_out(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError.of(msg("The file of the accounts cannot be opened or written."))

    monkeypatch.setattr(Audit, "note", full)
    answer = get(port, downloads.link("weekly_pdf", "week.pdf", **PDF))

    assert answer.status == 500
    assert not answer.body.startswith(b"%PDF")
