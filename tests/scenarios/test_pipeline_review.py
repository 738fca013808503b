"""What is planted in the sample company comes out of its pipeline review, in words."""

from datetime import date
from decimal import Decimal

import pytest

from dashboard.rhythm import pipeline_words as words
from dashboard.rhythm.under_way import read_under_way
from dashboard.text import LANGUAGES, Language, render
from pipelines.funnel import pipeline_review
from pipelines.funnel.model import Change, PipelineReview
from tests.builders import by_hand
from tests.builders.sample import sample_context

SCHOOL = "Mobilier intégré – École des Cèdres"
HOTEL = "Boiseries du hall – Hôtel du Lac"
TOWER = "Portes et cadres – Immeubles Carrefour 20"
GONE = "Salles de réunion – Groupe hôtelier Aubier"


def review() -> PipelineReview:
    return pipeline_review(sample_context())


def asked(name: str, language: Language) -> str:
    (found,) = [one for one in review().questions if one.deal.name == name]
    return " ".join(render(said, language) for said in (found.asked, *found.facts))


def test_the_review_looks_back_to_the_former_export() -> None:
    opening, closing = review().bridge.opening, review().bridge.closing

    assert (opening.day, opening.told_on) == (date(2026, 10, 12), date(2026, 10, 12))
    assert (closing.day, closing.told_on) == (date(2026, 11, 16), date(2026, 11, 16))


def test_the_bridge_is_the_one_counted_in_the_two_files_by_hand() -> None:
    first, second = (by_hand.deals(path) for path in (by_hand.FIRST_EXPORT, by_hand.SECOND_EXPORT))

    def is_open(deal: by_hand.Deal) -> bool:
        return not (deal.won or deal.lost)

    were = {number: deal for number, deal in first.items() if is_open(deal)}
    now = {number: deal for number, deal in second.items() if is_open(deal)}
    won = [deal.amount for number, deal in were.items() if number in second and second[number].won]
    bridge = review().bridge

    assert (bridge.opening.deals, bridge.opening.amount) == (
        len(were),
        Decimal(str(sum(deal.amount for deal in were.values()))),
    )
    assert (bridge.closing.deals, bridge.closing.amount) == (
        len(now),
        Decimal(str(sum(deal.amount for deal in now.values()))),
    )
    found = bridge.bar(Change.WON)
    assert found is not None
    assert (found.deals, found.added) == (len(won), -Decimal(str(sum(won))))
    assert bridge.opening.amount + sum(bar.added for bar in bridge.bars) == bridge.closing.amount


def test_the_two_stalled_deals_are_asked_about_first_with_how_long_and_since_when() -> None:
    assert [one.deal.name for one in review().questions[:3]] == [SCHOOL, HOTEL, TOWER]
    assert asked(SCHOOL, "en") == (
        "Who at École des Cèdres still wants “Mobilier intégré – École des Cèdres”, and what are"
        " they waiting for? It entered “Soumission envoyée” 272 days ago; 85% of the deals that we"
        " won were signed within 36 days of it. The last activity was on Jan 27, 2026. It was"
        " expected to close on May 26, 2026. Nothing is planned for it in the CRM."
    )
    assert "depuis 188 jours" in asked(HOTEL, "fr_CA")
    assert "La dernière activité remonte au 14 avril 2026." in asked(HOTEL, "fr")


@pytest.mark.parametrize(
    ("name", "actions", "blockers"),
    [
        (SCHOOL, ["Étienne Ouellet", "Louise Gagnon"], 1),
        (HOTEL, ["Geneviève Lavoie"], 0),
        (TOWER, ["Marc-André Bélanger"], 0),
    ],
)
def test_what_was_promised_about_the_three_deals_is_known_to_be_about_them(
    name: str, actions: list[str], blockers: int
) -> None:
    (deal,) = [one.deal for one in review().questions if one.deal.name == name]

    doing = read_under_way(sample_context()).about(deal)

    assert [one.owner for one in doing.actions] == actions
    assert len(doing.blockers) == blockers
    assert doing.named_by == ()


def test_the_deal_that_keeps_slipping_is_named_with_its_dates() -> None:
    said = asked(TOWER, "fr_CA")

    assert "se signe avant le 14 décembre 2026, et pourquoi cette fois-ci?" in said
    assert "du 2 novembre 2026 au 14 décembre 2026" in said
    slipped = review().bridge.bar(Change.SLIPPED)
    assert slipped is not None
    assert [one.deal.name for one in slipped.listed] == [TOWER]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_vanished_deal_is_asked_about_and_leaves_the_bridge(language: Language) -> None:
    assert GONE in asked(GONE, language)
    vanished = review().bridge.bar(Change.VANISHED)
    assert vanished is not None
    assert vanished.deals == 1
    assert vanished.added == -42_050
    assert words.change_name(Change.VANISHED, "en") == "Vanished"


def test_people_differ_by_no_more_than_chance_explains() -> None:
    assert words.conversion_words(review().conversion, "en") == (
        "No difference between people that chance would not explain."
    )
