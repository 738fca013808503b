"""The one-line action of a meeting in a real browser: what it says covers nothing, nothing is lost."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, Route, expect

from dashboard.components.assets import asset
from tests.builders.browser import browser
from tests.builders.live import ZOE, meetings_served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESS = "http://meeting.example"
PAGE = """<!doctype html><meta name="viewport" content="width=device-width"><style>{style}</style>
<div id="here" style="container-type: inline-size"><div class="meeting"></div></div>
<script type="module">import open from "./meeting.js";
open({{parentElement: document.getElementById("here"), data: [{data}], setTriggerValue() {{}}}});
</script>"""
LINE = "call Hydro, Marc, Friday"


@dataclass
class Server:
    """Answers as a meeting does, out of what it said once.

    Attributes:
        state: What the meeting says.
        refuses: What is said about a new action.
    """

    state: dict[str, Any]
    refuses: str = "You may add actions for yourself only."

    def answer(self, route: Route) -> None:
        path = urlparse(route.request.url).path
        if path.endswith(".js"):
            name = path.rpartition("/")[2]
            return route.fulfill(content_type="text/javascript", body=asset(name))
        if path.endswith("/revision"):
            return route.fulfill(json={"revision": self.state["revision"]})
        if path.endswith("/state"):
            return route.fulfill(json=self.state)
        if path.endswith("/do"):
            what = parse_qs(route.request.post_data or "")["what"][0]
            if what == "understand":
                said = {"title": LINE, "owner": ZOE, "due": "2026-11-20", "message": "Only you."}
                return route.fulfill(json=said)
            return route.fulfill(status=403, json={"message": self.refuses})
        page = PAGE.format(style=asset("meeting.css"), data=json.dumps(self.state))
        return route.fulfill(content_type="text/html", body=page)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("line")
    with meetings_served(folder) as house:
        said: dict[str, Any] = house.read(ZOE, house.started()).said
        return said


@pytest.fixture
def page() -> Iterator[Page]:
    with browser(390, 700) as context:
        yield context.pages[0]


def opened(page: Page, state: dict[str, Any]) -> Server:
    server = Server(dict(state))
    page.route(f"{ADDRESS}/**", server.answer)
    page.goto(f"{ADDRESS}/")
    return server


def test_what_is_said_about_a_line_on_a_telephone_covers_no_field_and_no_button(
    page: Page, state: dict[str, Any]
) -> None:
    server = opened(page, state)
    page.get_by_label("New action").fill(LINE)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Only you.")).to_be_visible()
    expect(page.get_by_label("What will be done")).to_be_visible()  # until then another one is last
    page.get_by_role("button", name="Add").last.click()
    refusal = page.get_by_text(server.refuses)
    expect(refusal).to_be_visible()

    for field in (
        page.get_by_label("Who", exact=True),
        page.get_by_role("button", name="Add").last,
    ):
        for said in (page.get_by_text("Only you."), refusal):
            one, other = said.bounding_box(), field.bounding_box()
            assert one
            assert other
            above = one["y"] + one["height"] <= other["y"]
            assert above or other["y"] + other["height"] <= one["y"]


def test_a_line_that_was_not_added_is_kept_when_the_meeting_closes(
    page: Page, state: dict[str, Any]
) -> None:
    server = opened(page, state)
    page.get_by_label("New action").fill(LINE)

    server.state = {**state, "revision": state["revision"] + 1, "status": "closed"}
    expect(page.get_by_text(f"Not added yet: {LINE}")).to_be_visible(timeout=10_000)

    server.state = dict(state)
    page.goto(f"{ADDRESS}/")  # the next meeting
    expect(page.get_by_label("New action")).to_have_value(LINE)
    expect(page.get_by_text("Not added yet")).to_be_visible()
