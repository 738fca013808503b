"""Logging in with a real OpenID Connect provider, in a real browser: there, back, again, and out."""

import re
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from dashboard.access.access import Access
from dashboard.access.accounts import add_account
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from pipelines import workspace
from pipelines.settings import Login, Provider, Settings
from tests.builders.browser import browser, chromium, free_port, serving, settled
from tests.builders.oidc_server import CLIENT_ID, SECRET, node, provider_running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OWNER = Visitor("Louise Gagnon", Role.OWNER)
_COMMAND = "from dashboard.cli import main; main()"
#: An open tab asks every few seconds whether somebody is still logged in.
_TOLD_MS = 5_000


class Place(NamedTuple):
    """Where the pages and the provider are."""

    app: str
    issuer: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    chromium()
    node()
    port = free_port()
    app = f"http://localhost:{port}"
    with provider_running(app) as issuer:
        folder = company(tmp_path_factory.mktemp("company") / "neuf", issuer)
        run = [
            *(sys.executable, "-c", _COMMAND, "run", "--no-browser"),
            *("--port", str(port), "--workspace", str(folder)),
        ]
        with serving(run, port, {"CAP90_OIDC_SECRET_EXAMPLE": SECRET}):
            yield Place(app, issuer)


def company(folder: Path, issuer: str) -> Path:
    """Make a company that lets people in by the provider, and invite two of them."""
    example = Provider(name="Example", issuer=issuer, client_id=CLIENT_ID)
    settings = Settings(company="Atelier Neuf", login=Login(providers={"example": example}))
    made = workspace.create(folder, settings)
    with Access.open(made) as access:
        for name, key, role in (
            ("Louise Gagnon", "louise", Role.OWNER),
            ("Zoé Côté", "zoe", Role.MANAGER),
            ("Jean Roy", "unverified-jean", Role.MANAGER),
        ):
            email = f"{key}@atelier-neuf.example"
            add_account(access, OWNER, email=email, name=name, role=role)
    return made.root


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with browser() as found:
        # the provider's pages want a typeface from elsewhere
        found.route(re.compile(r"^https?://(?!localhost[:/]|127\.0\.0\.1[:/])"), _refuse)
        yield found


def _refuse(route: Route) -> None:
    route.abort()


def log_in(page: Page, place: Place, name: str) -> str:
    """Log in with the provider's own pages; return the address that it sent the browser back to."""
    page.goto(f"{place.app}/login?lang=en")
    page.get_by_role("link", name="Log in with Example").click()
    assert page.url.startswith(f"{place.issuer}/interaction/")
    page.locator('input[name="login"]').fill(name)
    page.locator('input[name="password"]').fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    with page.expect_request(re.compile("/login/back/example")) as back:
        page.get_by_role("button", name="Continue").click()
    return back.value.url


def expect_page_of(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)
    expect(page.locator(".who .name")).to_have_text(name)


def test_a_server_that_a_script_starts_ends_with_the_script() -> None:
    port = free_port()
    script = f"{sys.executable} -m http.server --bind 127.0.0.1 {port}; true"
    with serving(["sh", "-c", script], port, {}):
        line = socket.create_connection(("127.0.0.1", port), timeout=10)

    with line, suppress(ConnectionResetError):
        assert line.recv(1) == b""  # nobody is at the other end any more


def test_an_invited_person_is_let_in_and_the_way_back_works_once(
    place: Place, context: BrowserContext
) -> None:
    page = context.pages[0]

    back = log_in(page, place, "zoe")
    expect_page_of(page, "Zoé Côté")
    assert page.url.startswith(f"{place.app}/")
    assert "code=" not in page.url
    (cookie,) = (
        one for one in context.cookies(place.app) if one["name"].startswith("cap90_session")
    )
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"

    # what stands in the browser's history lets nobody in again, here or elsewhere
    assert "code=" in back
    page.goto(back)
    expect(page.locator("h1")).to_have_text("This login was used already.")
    with browser() as other:
        thief = other.pages[0]
        thief.goto(back)
        expect(thief.locator("h1")).to_have_text("This login was used already.")
        assert all(not one["name"].startswith("cap90_session") for one in other.cookies(place.app))
    page.goto(f"{place.app}/")
    expect_page_of(page, "Zoé Côté")


def test_a_forged_state_lets_nobody_in(place: Place, context: BrowserContext) -> None:
    page = context.pages[0]
    page.goto(f"{place.app}/login/with/example")
    expect(page.locator('input[name="login"]')).to_be_visible()

    page.goto(f"{place.app}/login/back/example?code=stolen&state=forged&iss={place.issuer}")

    expect(page.locator("h1")).to_contain_text("was not started in this browser")
    page.goto(f"{place.app}/")
    expect(page).to_have_url(re.compile(r"/login"))


def test_an_address_that_nobody_verified_opens_no_account(
    place: Place, context: BrowserContext
) -> None:
    page = context.pages[0]

    log_in(page, place, "unverified-jean")

    expect(page.locator("h1")).to_have_text("Example does not vouch for your e-mail address.")


def test_somebody_whom_nobody_invited_is_told_whom_to_ask(
    place: Place, context: BrowserContext
) -> None:
    page = context.pages[0]

    log_in(page, place, "stranger")

    expect(page.locator("main")).to_contain_text("Ask an owner of Cap 90 to invite you")


def test_logging_out_reaches_every_tab_and_the_provider_too(
    place: Place, context: BrowserContext
) -> None:
    page = context.pages[0]
    log_in(page, place, "louise")
    expect_page_of(page, "Louise Gagnon")
    second = context.new_page()
    second.goto(f"{place.app}/account?lang=en")
    expect_page_of(second, "Louise Gagnon")

    page.get_by_role("button", name="Log out").click()

    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
    expect(second.get_by_role("button", name="Log in", exact=True)).to_be_visible(timeout=_TOLD_MS)
    page.get_by_role("link", name="Log out of Example as well").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(place.app)}/login"))

    # the provider does not remember them either
    page.get_by_role("link", name="Log in with Example").click()
    expect(page.locator('input[name="login"]')).to_be_visible()
