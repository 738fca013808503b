"""A gap review of two people in French, in two browsers: cause, decision, closing, as it was.

Marc leads it at a desk; Zoé takes part on a phone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.access.accounts import link_person
from dashboard.access.rights import Role
from pipelines import workspace
from pipelines.context import open_context
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.people import register
from pipelines.people.person import Details
from pipelines.periods import Grain
from pipelines.settings import Locale, Settings
from tests.builders.browser import browser, chromium, settled, taken_away
from tests.builders.company import OWNER, Company, company_running
from tests.builders.warehouse import add, weekly

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("gap_review")]

MARC, ZOE = "Marc Roy", "Zoé Côté"
TODAY = date(2026, 11, 10)
#: What one does shows on the other screen.
PATIENCE_MS = 6_000
KPI = "Affaires gagnées"
CAUSE = "Deux devis ont glissé <b>en novembre</b>"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """Run a company that won 4 deals in October instead of 40."""
    chromium()
    made = workspace.create(
        tmp_path / "company", Settings(company="Atelier Érable", locale=Locale.FR)
    )
    with open_context(made.root) as opened:
        context = opened.on(TODAY)
        add(context, *weekly("2025-09-01", [10] * 56), *weekly("2026-09-28", [0, 1, 1, 1, 1, 9]))
        set_target(context, TargetRequest("deals_won", 40, date(2025, 1, 1), per=Grain.MONTH))
        people = [register.add_person(context, Details(name)).person_id for name in (MARC, ZOE)]
    with company_running(tmp_path, today=TODAY.isoformat()) as running:
        running.join("Louise Gagnon")  # without an owner, nobody else can log in
        for name, role, person in zip(
            (MARC, ZOE), (Role.MANAGER, Role.SALESPERSON), people, strict=True
        ):
            account = running.join(name, role)
            link_person(running.access, OWNER, account.account_id, person, account.version)
            running.cookies[name] = running.cookie_of(account)
        yield running


@contextmanager
def at(company: Company, name: str, width: int, height: int) -> Iterator[Page]:
    """Open the page of the gap review for somebody who is logged in."""
    with browser(width, height) as context:
        key, _, value = company.cookies[name].partition("=")
        context.add_cookies([{"name": key, "value": value, "url": company.address}])
        page = context.pages[0]
        page.goto(f"{company.address}/gap_review?lang=fr")
        expect(page.locator("h1")).to_contain_text("Revue mensuelle des écarts", timeout=30_000)
        settled(page)
        yield page


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def shows(there: Locator) -> None:
    """Expect something that was just done on the other screen."""
    expect(there).to_be_visible(timeout=PATIENCE_MS)


def test_two_people_review_a_gap_and_read_it_later_as_it_was(company: Company) -> None:
    failures: list[str] = []
    with at(company, MARC, 1440, 900) as marc, at(company, ZOE, 390, 844) as zoe:
        for page in (marc, zoe):
            page.on("pageerror", lambda error: failures.append(str(error)))
        begin(marc, zoe)
        explain(marc, zoe)
        decide(marc, zoe)
        close(marc, zoe)
        read_again(company, zoe)
    assert failures == []


def begin(marc: Page, zoe: Page) -> None:
    # the gaps are read before anything is prepared
    expect(marc.locator(".sheet")).to_contain_text(KPI, timeout=30_000)
    expect(zoe.get_by_role("button", name="Préparer la réunion")).to_have_count(0)
    press(marc, "Préparer la réunion")
    expect(marc.locator("h1")).to_contain_text("2026", timeout=30_000)
    press(marc, "Commencer")
    today = marc.get_by_role("button", name="aujourd")
    heading = marc.locator(".section h3").first
    expect(today.or_(heading).first).to_be_visible(timeout=30_000)
    if today.count():
        today.first.click()
    expect(heading).to_have_text("Atterrissage", timeout=30_000)
    zoe.reload()
    expect(zoe.locator(".section h3").first).to_have_text("Atterrissage", timeout=30_000)
    press(marc, "Suivant")
    shows(zoe.locator(".section h3", has_text="Écarts"))


def explain(marc: Page, zoe: Page) -> None:
    for page in (marc, zoe):
        page.locator(".list").get_by_role("button", name=KPI, exact=True).click()
        expect(page.locator(".worked h3")).to_have_text(KPI)
    expect(marc.locator(".worked")).to_contain_text("objectif 40")
    assert marc.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert zoe.evaluate("document.documentElement.scrollWidth <= innerWidth")

    zoe.get_by_label("La cause").fill(CAUSE)

    expect(marc.get_by_label("La cause")).to_have_value(CAUSE, timeout=PATIENCE_MS)
    expect(zoe.get_by_role("button", name="Accepter l’écart")).to_have_count(0)


def decide(marc: Page, zoe: Page) -> None:
    zoe.get_by_label("Notes").press_sequentially("On en ")  # and still typing
    work = marc.locator(".worked")
    press(work, "Accepter l’écart")
    reason = work.get_by_label("Raison")
    reason.fill("Un mois de salons")
    reason.press("Enter")
    shows(zoe.locator(".worked .settled", has_text="Écart accepté : Un mois de salons"))
    expect(zoe.get_by_label("Notes")).to_be_focused()

    # until the review is closed it may be decided otherwise, in a line and two presses
    press(work, "Agir")
    work.get_by_placeholder("ce qui sera fait, par qui, pour quand").fill(
        "relancer les devis, Zoé, vendredi"
    )
    press(work, "Vérifier")
    expect(work.locator("[data-focus=field-owner]")).to_have_value(ZOE)
    press(work, "Ajouter")
    shows(zoe.locator(".worked .settled", has_text="Agir : relancer les devis (Zoé Côté"))
    shows(zoe.locator(".side .line", has_text="relancer les devis"))
    press(zoe, "Confier à la prochaine réunion hebdomadaire")
    shows(marc.locator(".worked", has_text="Blocage porté à la réunion commerciale du"))


def close(marc: Page, zoe: Page) -> None:
    press(marc.locator(".worked"), "Accepter l’écart")
    marc.locator(".worked").get_by_label("Raison").fill("À moitié dit")
    for section in ("Engagements", "Clôture"):
        press(marc, "Suivant")
        expect(marc.locator(".section h3").first).to_have_text(section, timeout=PATIENCE_MS)
    press(marc, "Clore la réunion")
    lost = f"Écrit pour «\u00a0{KPI}\u00a0», mais pas décidé\u00a0: À moitié dit"
    expect(marc.locator(".sure")).to_contain_text(lost)
    press(marc, "Oui, clore")
    for page in (marc, zoe):
        page.wait_for_url("**/minutes?**", timeout=30_000)
        entry = page.locator(".sheet", has_text="Agir : relancer les devis")
        expect(entry).to_be_visible(timeout=30_000)
        expect(entry).to_contain_text(CAUSE)


def read_again(company: Company, zoe: Page) -> None:
    zoe.goto(f"{company.address}/reviews?lang=fr")
    zoe.locator("a[href*='meeting=']").first.click(timeout=30_000)
    expect(zoe.locator("h1")).to_contain_text("Octobre 2026", timeout=30_000)
    expect(zoe.locator(".sheet")).to_contain_text(CAUSE, timeout=30_000)
    told = taken_away(zoe)
    assert CAUSE in told
    assert "relancer les devis" in told
