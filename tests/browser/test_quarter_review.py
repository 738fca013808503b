"""A quarterly review in French, in a browser: evidence, verdicts, the next quarter adopted, minutes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.access.rights import Role
from pipelines import workspace
from pipelines.context import open_context
from pipelines.kpis.choice import choose
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.settings import Locale, Settings
from tests.builders.browser import browser, chromium, settled, taken_away
from tests.builders.company import Company, company_running
from tests.builders.meetings import FIVE, LOUISE, TEAM
from tests.builders.quarters import TODAY, WON, aimed, plan_of_the_quarter, rows_of
from tests.builders.warehouse import add

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("quarter_review")]

PATIENCE_MS = 30_000
WHY = "Il dit tôt <b>si</b> la semaine commence bien"
HALF = "À moitié dit, $& plus tard"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """Run a company that steers by five KPIs and has the plan of its third quarter."""
    chromium()
    made = workspace.create(
        tmp_path / "company", Settings(company="Atelier Érable", locale=Locale.FR)
    )
    with open_context(made.root) as opened:
        context = opened.on(TODAY).by(LOUISE)
        add(context, *rows_of(WON))
        for name in TEAM:
            register.add_person(context, Details(name))
        choose(context.on(date(2026, 1, 5)), list(FIVE.items()))
        plan_of_the_quarter(aimed(context))
    with company_running(tmp_path, today=TODAY.isoformat()) as running:
        account = running.join("Louise Gagnon", Role.OWNER)
        running.cookies["Louise Gagnon"] = running.cookie_of(account)
        yield running


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def at(page: Page, section: str) -> None:
    expect(page.locator(".section h3").first).to_have_text(section, timeout=PATIENCE_MS)


def test_a_quarter_is_reviewed_and_the_next_one_adopted(company: Company) -> None:
    failures: list[str] = []
    with browser(1440, 900) as context:
        key, _, value = company.cookies["Louise Gagnon"].partition("=")
        context.add_cookies([{"name": key, "value": value, "url": company.address}])
        page = context.pages[0]
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"{company.address}/quarter_review?lang=fr")
        settled(page)
        begin(page)
        decide(page)
        adopt(page)
        close(page)
        read_again(page, company)
    assert failures == []


def begin(page: Page) -> None:
    # the evidence is read before anything is prepared
    expect(page.get_by_text("Semaines dans la cible : 7 sur 13.")).to_be_visible(
        timeout=PATIENCE_MS
    )
    press(page, "Préparer la réunion")
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        asked_below_the_button(page)
        press(page, "Pas encore")
        expect(page.locator(".question")).to_have_count(0)
    asked_below_the_button(page)
    page.get_by_role("button", name="aujourd").click()
    at(page, "Victoires")
    press(page, "Suivant")
    at(page, "Indicateurs")


def asked_below_the_button(page: Page) -> None:
    """Start the review on another day than planned, which is asked about where one looks."""
    press(page, "Commencer")
    question = page.locator(".question")
    expect(question).to_contain_text("Cette réunion est prévue", timeout=PATIENCE_MS)
    expect(question).to_be_in_viewport(ratio=1)
    right_below(question, page.locator(".bar"))


def right_below(lower: Locator, upper: Locator) -> None:
    above, below = upper.bounding_box(), lower.bounding_box()
    assert above is not None
    assert below is not None
    assert 0 <= below["y"] - above["y"] - above["height"] < 20


def decide(page: Page) -> None:
    work = page.locator(".worked")
    first = work.locator("h3").inner_text()
    reason = work.get_by_label("Raison")
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        press(work, "Garder")
        refusal = work.get_by_role("alert")
        expect(refusal).to_contain_text("La raison manque", timeout=PATIENCE_MS)
        expect(refusal).to_be_in_viewport(ratio=1)
        expect(reason).to_be_focused()
        right_below(refusal, reason)
        reason.fill("x")  # whoever answers needs no reminder
        expect(refusal).to_have_count(0)
        reason.fill("")
    reason.fill(WHY)
    press(work, "Garder")
    # on to the next thing, and the first one says what became of it
    expect(work.locator("h3")).not_to_have_text(first, timeout=PATIENCE_MS)
    expect(work.locator("h3")).to_be_in_viewport(ratio=1)
    expect(page.locator(".thing .verdict.good")).to_have_text("Garder")
    # what is typed and not taken stands there again
    second = work.locator("h3").inner_text()
    reason.fill(HALF)
    press(page, first)
    expect(work.locator(".settled")).to_contain_text(WHY, timeout=PATIENCE_MS)
    press(page, second)
    expect(reason).to_have_value(HALF, timeout=PATIENCE_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def adopt(page: Page) -> None:
    for section in ("Actions et essais", "Rituels", "Prochain trimestre"):
        press(page, "Suivant")
        at(page, section)
    expect(page.locator(".section")).to_contain_text("Projet tiré des décisions")
    press(page, "Adopter le prochain trimestre")
    press(page, "Adopter maintenant")
    expect(page.locator(".section")).to_contain_text("Adopté : le plan du", timeout=PATIENCE_MS)


def close(page: Page) -> None:
    press(page, "Suivant")
    at(page, "Clôture")
    press(page, "Clore la réunion")
    question = page.locator(".sure")
    expect(question).to_contain_text("éléments attendent encore un verdict : «")
    expect(question).to_contain_text("Présence à pointer")
    expect(question).to_contain_text(f"mais pas décidé\u00a0: {HALF}")
    expect(question).not_to_contain_text(WHY)
    # what is missing is made up for while the question stands there
    press(page, "Louise Gagnon: Présent")
    expect(question).not_to_contain_text("Louise Gagnon", timeout=PATIENCE_MS)
    press(page, "Oui, clore")
    page.wait_for_url("**/minutes?**", timeout=PATIENCE_MS)
    expect(page.locator(".sheet")).to_contain_text(WHY, timeout=PATIENCE_MS)


def read_again(page: Page, company: Company) -> None:
    """Open the closed review as it was, and take it away on paper."""
    page.goto(f"{company.address}/reviews?lang=fr")
    page.locator("a[href*='meeting=']").first.click(timeout=PATIENCE_MS)
    expect(page.locator("h1")).to_contain_text("T3 2026", timeout=PATIENCE_MS)
    expect(page.locator(".sheet")).to_contain_text(WHY, timeout=PATIENCE_MS)
    told = taken_away(page)
    assert WHY in told
    assert "Adopté." in told
