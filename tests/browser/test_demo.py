"""The sample company in a real browser: read a number, make a commitment, find it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from dashboard.gate.pace import BURST
from dashboard.navigation import Place
from tests.builders.browser import browser, chromium, demo_running, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with demo_running(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture
def page() -> Iterator[Page]:
    with browser() as context:
        yield context.pages[0]


def opened(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)


def test_monday_is_read_acted_on_and_found_again(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=fr_CA")
    row = page.locator('tr[data-kpi="meetings_held"]')
    expect(row.locator("td.value")).to_have_text("14")
    expect(row).to_contain_text("Trouver la cause")

    page.get_by_role("button", name="Ou remplir chaque champ").click()
    page.get_by_label("Ce qui sera fait").fill("Appeler dix clients inactifs")
    page.get_by_label("Responsable", exact=True).fill("Zoé Côté")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_label("Ce qui sera fait")).to_have_value("")  # it was accepted
    box = page.get_by_role("checkbox", name="Appeler dix clients inactifs")
    settled(page)

    # due in a week: it is on the list of all actions
    opened(page, f"{address}/actions?lang=fr_CA")
    expect(box).to_be_visible()
    expect(box).not_to_be_checked()

    box.click()
    expect(box).to_have_count(0)  # done actions leave the list of open ones
    opened(page, f"{address}/actions?lang=fr_CA&status=done")
    expect(box).to_be_checked()


def test_ticking_on_monday_is_one_click_and_survives_a_reload(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=en")
    box = page.locator(".actions").get_by_role("checkbox").first
    name = page.locator(".actions .title").first.inner_text()
    heading = page.locator("h1").element_handle()

    box.click()
    ticked = page.get_by_role("checkbox", name=name)
    expect(ticked).to_be_checked()
    assert heading is not None
    assert heading.evaluate("node => node.isConnected")  # only the list was drawn again

    page.reload()
    expect(ticked).to_be_checked(timeout=30_000)

    ticked.click()
    expect(ticked).not_to_be_checked()


def test_a_row_leads_to_its_kpi_with_the_keyboard_alone(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=en")
    page.get_by_role("link", name="Meetings held").focus()

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Meetings held")
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    assert "kpi=meetings_held" in page.url


def test_the_pdf_of_the_week_is_a_click_away(address: str, page: Page, tmp_path: Path) -> None:
    opened(page, f"{address}/?lang=en")

    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="PDF").click()

    file = tmp_path / "week.pdf"
    download.value.save_as(file)
    assert download.value.suggested_filename == "cap90-2026-W46.pdf"
    assert file.read_bytes().startswith(b"%PDF-")
    # the page is still there, and still connected
    page.get_by_role("link", name="W45").click()
    expect(page.locator("h1")).to_have_text("My week · W45")


def test_steps_to_the_neighbouring_weeks_work_with_the_keyboard_and_show_in_the_address(
    address: str, page: Page
) -> None:
    opened(page, f"{address}/?lang=en")
    page.get_by_role("link", name="W45").focus()

    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("My week · W45")
    expect(page.get_by_role("link", name="W44")).to_be_focused()
    assert "week=2026-W45" in page.url

    page.get_by_role("link", name="W46 ›", exact=True).click()
    expect(page.locator("h1")).to_have_text("My week · W46")
    expect(page.get_by_role("link", name="W47")).to_have_count(0)  # it is not over
    assert "week=2026-W46" in page.url


def test_the_language_is_switched_beside_the_page_and_stays_on_the_next_one(
    address: str, page: Page
) -> None:
    opened(page, f"{address}/")
    expect(page.locator("h1")).to_have_text("Ma semaine · S46")

    page.get_by_label("Langue").select_option("English")
    expect(page.locator("h1")).to_have_text("My week · W46")
    page.get_by_role("link", name="Targets").click()

    expect(page.locator("h1")).to_have_text("Targets")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_list_of_pages_works_with_the_keyboard_and_says_where_one_is(
    address: str, page: Page
) -> None:
    opened(page, f"{address}/?lang=en")
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages.locator("[aria-current=page]")).to_have_text("My week")
    targets = pages.get_by_role("link", name="Targets")
    targets.focus()

    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Targets")
    expect(page).to_have_title("Targets · Cap 90")
    expect(pages.locator("[aria-current=page]")).to_have_text("Targets")
    expect(targets).to_be_focused()
    page.go_back()
    expect(page.locator("h1")).to_have_text("My week · W46")
    expect(pages.locator("[aria-current=page]")).to_have_text("My week")


def test_a_page_of_the_list_opens_in_a_new_tab_as_any_link_does(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=en")

    with page.context.expect_page() as other:
        page.get_by_role("link", name="Targets").click(modifiers=["ControlOrMeta"])

    expect(other.value.locator("h1")).to_have_text("Targets", timeout=30_000)
    expect(page.locator("h1")).to_have_text("My week · W46")


def test_a_rerun_leaves_the_list_of_pages_as_it_is(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=en")
    link = page.get_by_role("link", name="Targets").element_handle()

    page.get_by_role("link", name="W45").click()

    expect(page.locator("h1")).to_have_text("My week · W45")
    settled(page)
    assert link is not None
    assert link.evaluate("node => node.isConnected")


def violations(said: str) -> list[str]:
    """Return what the browser says of a broken security policy."""
    return [said] if "Content Security Policy" in said else []


def test_charts_tables_and_files_work_under_the_security_policy(address: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.extend(violations(message.text)))
    opened(page, f"{address}/kpi?lang=en&kpi=win_rate")
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    opened(page, f"{address}/imports?lang=en")
    file = FilePayload(name="colours.csv", mimeType="text/csv", buffer=b"colour,shape\nred,round\n")
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("colours.csv").first).to_be_visible()
    settled(page)

    assert said == []


def test_opening_a_page_for_the_first_time_asks_for_far_less_than_the_gate_lets_pass(
    address: str, page: Page
) -> None:
    answered: list[int] = []
    page.on("response", lambda response: answered.append(response.status))

    opened(page, f"{address}/kpi?kpi=sales_won&lang=en")

    assert 10 < len(answered) < BURST / 4  # four tabs may be opened at once
    assert 429 not in answered


def test_the_demonstration_shows_what_each_role_sees(address: str, page: Page) -> None:
    opened(page, f"{address}/?lang=en")
    expect(page.locator(".menu .demo")).to_contain_text("This is the demonstration")

    page.get_by_label("See it as").select_option("Salesperson")
    expect(page.locator(".menu .role")).to_have_text("Salesperson", timeout=30_000)
    expect(page.locator(".menu .name")).to_have_text("Zoé Côté")
    expect(page.get_by_role("link", name="Accounts")).to_have_count(0)

    page.get_by_label("See it as").select_option("Company owner")
    expect(page.locator(".menu .role")).to_have_text("Company owner", timeout=30_000)
    expect(page.get_by_role("link", name="Accounts")).to_be_visible()


@pytest.fixture(scope="module")
def phone() -> Iterator[BrowserContext]:
    with browser(390, 844) as context:
        yield context


def test_on_a_phone_the_menu_is_easy_to_touch_and_makes_way_for_the_page(
    address: str, phone: BrowserContext
) -> None:
    page = phone.new_page()
    opened(page, f"{address}/?lang=en")
    page.get_by_test_id("stExpandSidebarButton").click()
    targets = page.get_by_role("link", name="Targets")
    touched = targets.bounding_box()
    assert touched is not None
    assert touched["height"] >= 40

    targets.click()

    expect(page.locator("h1")).to_have_text("Targets")
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    page.close()


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("language", ["en", "fr", "fr_CA"])
def test_every_page_fits_a_phone_and_asks_nobody_else(
    address: str, phone: BrowserContext, place: Place, language: str
) -> None:
    failures: list[str] = []
    hosts: set[str] = set()
    page = phone.new_page()
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.on("console", lambda message: failures.extend(violations(message.text)))
    path = "" if place is Place.WEEK else place.value

    opened(page, f"{address}/{path}?lang={language}")

    expect(page.locator("html")).to_have_attribute("lang", language.replace("_", "-"))
    widths = page.evaluate(
        "[document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth]"
    )
    page.close()
    assert max(widths) <= 390
    assert failures == []
    assert hosts <= {address.removeprefix("http://"), ""}
