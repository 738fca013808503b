"""A note in a real browser whose server does not take it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from dashboard.components.assets import asset
from dashboard.components.meeting_words import words
from tests.builders.browser import browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESS = "http://meeting.example/"
#: Longer than any of the pauses between tries.
A_MINUTE = 60_000
PAGE = """<!doctype html><div id="here"></div><script type="module">{script}
window.note = noteField(document.getElementById("here"), {texts}, {field});
window.note.show({known}, {version});</script>"""
PAGE_OF_THE_GATE = "<!doctype html><h1>No</h1>"
TEXTS = words("en")["note"]


@dataclass
class Server:
    """Answers what it is told to, in that order; then the last one again.

    Attributes:
        answers: Status and body each.
        sent: What came.
        known: What stands there when the page is opened.
    """

    answers: list[tuple[int, str]]
    sent: list[str] = field(default_factory=list)
    known: str = ""

    def answer(self, route: Route) -> None:
        if route.request.method == "GET":
            return route.fulfill(content_type="text/html", body=self.page())
        self.sent.append(parse_qs(route.request.post_data or "")["text"][0])
        status, body = self.answers[min(len(self.sent), len(self.answers)) - 1]
        kind = "application/json" if body.startswith("{") else "text/html"
        return route.fulfill(status=status, content_type=kind, body=body)

    def page(self) -> str:
        made: dict[str, Any] = {
            "owner": "4",
            "address": "/meeting/1/do",
            "subject": "section 1",
            "label": "Notes",
            "longest": 200,
        }
        return PAGE.format(
            script=asset("note.js"),
            texts=json.dumps(TEXTS),
            field=json.dumps(made),
            known=json.dumps(self.known),
            version=int(bool(self.known)),
        )


@pytest.fixture
def page() -> Iterator[Page]:
    with browser() as context:
        page = context.pages[0]
        page.clock.install()
        yield page


def written(page: Page, server: Server, text: str) -> Locator:
    """Return what the field says of itself after somebody wrote in it, a minute later."""
    page.route(f"{ADDRESS}**", server.answer)
    page.goto(ADDRESS)
    page.get_by_label("Notes").fill(text)
    with page.expect_response("**/do"):
        page.clock.run_for(1_500)
    return page.locator(".state")


@pytest.mark.parametrize("status", [401, 403])
def test_a_login_that_ended_is_said_nothing_is_sent_again_and_the_text_comes_back(
    page: Page, status: int
) -> None:
    server = Server([(status, PAGE_OF_THE_GATE), (200, json.dumps({"version": 1}))])

    said = written(page, server, "Two quotes left")
    expect(said).to_have_text(TEXTS["loggedOut"])
    page.clock.run_for(A_MINUTE)

    assert server.sent == ["Two quotes left"]
    expect(said).to_have_text(TEXTS["loggedOut"])
    page.goto(ADDRESS)  # logged in again
    expect(page.get_by_label("Notes")).to_have_value("Two quotes left")
    page.clock.run_for(1_500)
    expect(said).to_have_text(TEXTS["saved"])


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (422, json.dumps({"message": "The meeting is closed."}), "The meeting is closed."),
        (403, json.dumps({"message": "You are not invited."}), "You are not invited."),
        (404, PAGE_OF_THE_GATE, TEXTS["reload"]),
        (413, "too long", TEXTS["reload"]),
    ],
)
def test_what_was_refused_is_said_and_not_sent_again(
    page: Page, status: int, body: str, told: str
) -> None:
    server = Server([(status, body)])

    said = written(page, server, "Two quotes left")
    expect(said).to_have_text(told)
    page.clock.run_for(A_MINUTE)

    assert server.sent == ["Two quotes left"]
    expect(page.get_by_label("Notes")).to_have_value("Two quotes left")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(page: Page, status: int) -> None:
    server = Server([(status, PAGE_OF_THE_GATE), (200, json.dumps({"version": 1}))])

    said = written(page, server, "Two quotes left")
    expect(said).to_have_text(TEXTS["offline"])
    page.clock.run_for(1_500)

    expect(said).to_have_text(TEXTS["saved"])
    assert server.sent == ["Two quotes left"] * 2


def other_text(text: str, version: int) -> tuple[int, str]:
    """Return the answer that somebody else wrote there in the meantime."""
    return 409, json.dumps({"text": text, "version": version, "by": "Zoé Côté"})


SAVED = (200, json.dumps({"version": 9}))


def both_kept(page: Page) -> None:
    with page.expect_response("**/do"):
        page.get_by_role("button", name=TEXTS["both"]).click()
        page.clock.run_for(100)


def test_both_texts_are_kept_and_what_both_say_stands_there_once(page: Page) -> None:
    theirs = "Three quotes, two won\nOne lost"
    server = Server([other_text(theirs, 2), SAVED], known="Three quotes\nOne lost")

    written(page, server, "Three quotes, one still open\nOne lost\nNone new")
    expect(page.locator("blockquote")).to_have_text(theirs)
    both_kept(page)

    assert server.sent[-1] == "Three quotes, two won\none still open\nOne lost\nNone new"


def test_a_text_that_the_other_one_holds_is_not_written_twice(page: Page) -> None:
    theirs = "Three quotes, two won, one lost"
    server = Server([other_text(theirs, 2), SAVED], known="Three")

    said = written(page, server, "Three quotes, two won")
    page.get_by_role("button", name=TEXTS["both"]).click()
    page.clock.run_for(1_500)

    expect(page.get_by_label("Notes")).to_have_value(theirs)
    expect(said).to_have_text(TEXTS["saved"])
    assert server.sent == ["Three quotes, two won"]


def test_a_second_disagreement_doubles_nothing(page: Page) -> None:
    first, second = "We call", "We call Hydro on Friday"
    server = Server([other_text(first, 1), other_text(second, 2), SAVED])

    written(page, server, "They write to us")
    both_kept(page)
    expect(page.locator("blockquote")).to_have_text(second)
    both_kept(page)

    assert server.sent[1:] == [
        "We call\nThey write to us",
        "We call Hydro on Friday\nThey write to us",
    ]


def test_what_both_go_on_writing_while_it_is_asked_is_kept_too(page: Page) -> None:
    server = Server([other_text("We call", 1), SAVED])

    written(page, server, "They write")
    expect(page.locator("blockquote")).to_have_text("We call")
    page.evaluate('window.note.show("We call Hydro", 2, "Marc Roy")')
    expect(page.locator("blockquote")).to_have_text("We call Hydro")
    expect(page.locator(".conflict p")).to_contain_text("Marc Roy")
    page.get_by_label("Notes").fill("They write to us")
    both_kept(page)

    assert server.sent[-1] == "We call Hydro\nThey write to us"


def test_two_texts_that_only_begin_alike_are_kept_whole(page: Page) -> None:
    server = Server([other_text("Marc calls Hydro", 1), SAVED])

    written(page, server, "Marc visits Bell")
    both_kept(page)

    assert server.sent[-1] == "Marc calls Hydro\nMarc visits Bell"
