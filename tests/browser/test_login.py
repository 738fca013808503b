"""Logging in and out in a real browser, and what reaches the tabs that stay open."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.access.accounts import Account, change_role, disable, get_account
from dashboard.access.rights import Role
from tests.builders.browser import browser, chromium, settled
from tests.builders.company import OWNER, PASSWORD, Company, company_running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("login")]

#: What every open tab must know of within five seconds, and some patience of a busy machine.
WITHIN_MS = 5_000
GREETING = "Welcome to Cap 90"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    chromium()
    with company_running(tmp_path_factory.mktemp("login")) as running:
        running.join("Louise Gagnon")  # without an owner, nobody else can log in
        yield running


@pytest.fixture(scope="module")
def zoe(company: Company) -> Account:
    return company.join("Zoé Côté", Role.MANAGER)


@pytest.fixture
def visitor() -> Iterator[BrowserContext]:
    with browser() as context:
        yield context


def again(company: Company, account: Account) -> Account:
    return get_account(company.access, account.account_id)


def log_in(page: Page, company: Company, account: Account, path: str = "/") -> None:
    page.goto(f"{company.address}{path}")
    page.get_by_label("E-mail").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    shown(page)


def shown(page: Page) -> None:
    """Wait for a page of the application."""
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)
    expect(page.locator(".menu .name")).to_be_visible()


def hidden(page: Page) -> None:
    """Wait until nothing of the company is on the screen any more, and people may log in again."""
    expect(page.get_by_label("Password")).to_be_visible(timeout=WITHIN_MS)
    expect(page.locator(".menu")).to_have_count(0)


def test_the_first_owner_is_made_with_the_link_in_the_terminal_once(
    tmp_path_factory: pytest.TempPathFactory, visitor: BrowserContext
) -> None:
    page = visitor.pages[0]
    with company_running(tmp_path_factory.mktemp("new")) as new:
        page.goto(new.address)
        expect(page.locator("h1")).to_have_text("Nobody can log in yet")
        page.goto(f"{new.address}/link/{new.setup_token}")
        page.get_by_label("Your name").fill("Louise Gagnon")
        page.get_by_label("E-mail").fill("louise@atelier.example")
        page.get_by_label("New password").fill("louise gagnon 1")
        page.get_by_label("The same again").fill("louise gagnon 1")
        page.get_by_role("button", name="Save and log in").click()
        # too easy: what was typed is still there, the passwords are not
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_label("Your name")).to_have_value("Louise Gagnon")
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same again").fill(PASSWORD)
        page.get_by_role("button", name="Save and log in").click()
        shown(page)
        expect(page.locator(".menu .role")).to_have_text("Company owner")

        page.goto(f"{new.address}/link/{new.setup_token}")

        expect(page.locator("h1")).to_contain_text("This link")
        expect(page.get_by_label("New password")).to_have_count(0)


def test_a_wrong_password_is_said_and_the_right_one_opens_the_page_asked_for(
    company: Company, zoe: Account, visitor: BrowserContext
) -> None:
    page = visitor.pages[0]
    page.goto(f"{company.address}/targets?lang=en")
    page.get_by_label("E-mail").fill(zoe.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    expect(page.get_by_label("E-mail")).to_have_value(zoe.email)

    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    shown(page)
    expect(page.locator("h1")).to_have_text("Targets")
    expect(page.locator(".menu .name")).to_have_text("Zoé Côté")


def test_logging_out_hides_every_tab_and_the_back_button_brings_nothing_back(
    company: Company, zoe: Account, visitor: BrowserContext
) -> None:
    first = visitor.pages[0]
    log_in(first, company, zoe)
    second = visitor.new_page()
    second.goto(f"{company.address}/actions?lang=en")
    shown(second)

    first.bring_to_front()
    first.get_by_role("button", name="Log out").click()
    expect(first.get_by_label("Password")).to_be_visible()
    second.bring_to_front()

    hidden(second)
    first.bring_to_front()
    first.go_back()
    expect(first.get_by_label("Password")).to_be_visible()
    expect(first.locator(".menu")).to_have_count(0)
    assert not any("session" in cookie["name"] for cookie in visitor.cookies())


def test_disabling_somebody_hides_what_is_on_their_screen(
    company: Company, visitor: BrowserContext
) -> None:
    leaving = company.join("Marc-André Bélanger", Role.MANAGER)
    page = visitor.pages[0]
    log_in(page, company, leaving)

    disable(company.access, OWNER, leaving.account_id, again(company, leaving).version)

    hidden(page)
    page.get_by_label("E-mail").fill(leaving.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("is not right")


def test_another_role_shows_itself_in_open_tabs(company: Company, visitor: BrowserContext) -> None:
    changing = company.join("Étienne Ouellet", Role.MANAGER)
    staying, leaving = visitor.pages[0], visitor.new_page()
    log_in(staying, company, changing, "/actions?lang=en")
    leaving.goto(f"{company.address}/people?lang=en")
    shown(leaving)
    expect(staying.get_by_role("link", name="People")).to_be_visible()

    version = again(company, changing).version
    change_role(company.access, OWNER, changing.account_id, Role.SALESPERSON, version)

    # a page that the new role does not include goes, the other one stays without what went
    expect(leaving.locator("h1")).to_have_text(
        "Your account does not include this page.", timeout=WITHIN_MS
    )
    staying.bring_to_front()
    expect(staying.get_by_role("link", name="People")).to_have_count(0, timeout=WITHIN_MS)
    shown(staying)
    expect(staying.locator(".menu .role")).to_have_text("Salesperson")


def test_the_next_person_at_a_browser_finds_nothing_of_the_one_before(
    company: Company, zoe: Account, visitor: BrowserContext
) -> None:
    page = visitor.pages[0]
    log_in(page, company, zoe)
    other = company.join("Geneviève Lavoie", Role.VIEWER)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Password")).to_be_visible()

    log_in(page, company, other)

    expect(page.locator(".menu .name")).to_have_text("Geneviève Lavoie")
    expect(page.get_by_role("link", name="Targets")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_way_in_fits_every_screen_in_three_languages(
    company: Company, width: int, *, dark: bool
) -> None:
    with browser(width, 844, dark=dark) as context:
        page = context.pages[0]
        failures: list[str] = []
        page.on("console", lambda message: failures.append(message.text))
        page.on("requestfailed", lambda request: failures.append(request.url))
        for language, said in (
            ("en", "Log in"),
            ("fr", "Se connecter"),
            ("fr_CA", "Se connecter"),
        ):
            page.goto(f"{company.address}/login?lang={language}")
            expect(page.locator("h1")).to_have_text(said)
            expect(page.locator("html")).to_have_attribute("lang", language.replace("_", "-"))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert failures == []
