"""Commitments in a real browser: one line for an action, one tap for a tick, on a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.builders.browser import browser, chromium, demo_running, settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    chromium()
    with demo_running(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture
def desk() -> Iterator[Page]:
    with browser() as context:
        yield context.pages[0]


@pytest.fixture
def telephone() -> Iterator[Page]:
    with browser(390, 844) as context:
        yield context.pages[0]


def opened(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)


def become(page: Page, address: str, role: str) -> None:
    page.goto(f"{address}/?lang=fr_CA")
    page.evaluate(
        "role => fetch('/demo/role', {method: 'POST', body: new URLSearchParams({role})})", role
    )


def test_an_action_is_typed_in_one_line_confirmed_and_added_with_two_enters(
    address: str, desk: Page
) -> None:
    opened(desk, f"{address}/?lang=fr_CA")
    line = desk.get_by_label("En une ligne")

    line.fill("rappeler <b>Dupont</b>, zoe, vendredi")
    line.press("Enter")
    expect(desk.get_by_label("Ce qui sera fait")).to_have_value("rappeler <b>Dupont</b>")
    expect(desk.get_by_label("Responsable", exact=True)).to_have_value("Zoé Côté")
    expect(desk.get_by_label("Échéance")).to_have_value("2026-11-20")  # today is Monday the 16th
    line.press("Enter")

    expect(desk.get_by_role("checkbox", name="rappeler <b>Dupont</b>")).to_be_visible()
    expect(line).to_have_value("")
    expect(line).to_be_focused()  # for the next one


def test_what_a_line_leaves_open_is_asked_for_and_chosen_with_a_click(
    address: str, desk: Page
) -> None:
    opened(desk, f"{address}/?lang=fr_CA")
    line = desk.get_by_label("En une ligne")

    line.fill("visiter Érable, vendredi prochain")
    line.press("Enter")
    expect(desk.get_by_text("Personne n’est responsable")).to_be_visible()
    expect(desk.get_by_label("Responsable", exact=True)).to_have_value("")
    desk.get_by_role("button", name="vendredi 27 novembre 2026").click()
    expect(desk.get_by_label("Échéance")).to_have_value("2026-11-27")

    line.press("Enter")  # nothing is added: the browser asks who
    expect(desk.get_by_label("Responsable", exact=True)).to_be_focused()


def test_on_a_telephone_a_commitment_is_ticked_commented_and_moved_if_a_manager_agrees(
    address: str, telephone: Page, desk: Page
) -> None:
    become(telephone, address, "salesperson")
    opened(telephone, f"{address}/mine?lang=fr_CA")
    title = "Céder quatre rendez-vous par semaine de Zoé à un collègue"
    box = telephone.get_by_role("checkbox", name=title)
    size = box.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 28
    assert telephone.evaluate("document.documentElement.scrollWidth") <= 390

    box.click()
    expect(box).to_be_checked()
    box.click()  # it was a slip
    expect(box).not_to_be_checked()

    telephone.get_by_role("button", name=f"Commenter: {title}").click()
    telephone.get_by_label("Ce que les autres doivent savoir").fill("<i>Deux</i> sont cédés")
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.get_by_text("Zoé Côté\u00a0: <i>Deux</i> sont cédés")).to_be_visible()

    telephone.get_by_role("button", name=f"Demander un autre jour: {title}").click()
    telephone.get_by_label("Pour quand").fill("2026-11-27")
    telephone.get_by_role("button", name="Envoyer").click()  # without a reason nothing is sent
    telephone.get_by_label("Raison").fill("Le client est absent")
    telephone.get_by_role("button", name="Envoyer").click()
    expect(telephone.get_by_text("en attente de réponse")).to_be_visible()

    become(desk, address, "manager")
    opened(desk, f"{address}/actions?lang=fr_CA")
    expect(
        desk.get_by_text("Zoé Côté demande un autre jour\u00a0: le 27 nov. au lieu du 18 nov.")
    ).to_be_visible()
    desk.get_by_label(f"Un mot de réponse (facultatif): {title}").fill("D’accord")
    desk.get_by_role("button", name=f"Accorder: {title}").click()
    expect(desk.get_by_text("Zoé Côté demande un autre jour")).to_have_count(0)

    telephone.reload()
    expect(telephone.get_by_text("pour le vendredi 27 novembre 2026")).to_be_visible(timeout=30_000)
    expect(telephone.get_by_text("D’accord")).to_be_visible()
