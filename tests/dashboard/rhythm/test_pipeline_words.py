"""A pipeline in words: no more than its few deals tell."""

import pytest

from dashboard.rhythm.pipeline_words import concentration_words
from dashboard.text import Language
from pipelines.funnel.model import Concentration, Share


def said(members: int, for_half: int, language: Language) -> list[str]:
    share = Share(members, 0.6, 0.9, for_half)
    return concentration_words(Concentration(share, share, ()), language)


@pytest.mark.parametrize(
    ("language", "deals", "accounts"),
    [
        ("en", "1 of 5 deals makes half of it.", "1 of 5 accounts makes half."),
        ("fr", "1 affaire sur 5 en fait la moitié.", "1 compte sur 5 en fait la moitié."),
        ("fr_CA", "1 opportunité sur 5 en fait la moitié.", "1 compte sur 5 en fait la moitié."),
    ],
)
def test_one_that_makes_half_of_it_is_one(language: Language, deals: str, accounts: str) -> None:
    first, second = said(5, 1, language)

    assert first.endswith(deals)
    assert second.endswith(accounts)
    assert "2 of 5 deals make half of it." in said(5, 2, "en")[0]


@pytest.mark.parametrize(("members", "words"), [(1, "1 open deal has"), (3, "3 open deals have")])
def test_of_a_few_deals_nobody_says_that_they_hang_on_a_few(members: int, words: str) -> None:
    (only,) = said(members, 1, "en")

    assert only == f"Only {words} an amount: too few to speak of concentration."
