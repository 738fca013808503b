"""The deals that make a landing, to those who see all of them and to those who see their own."""

from dataclasses import replace

import pytest

from dashboard.report.landing_parts import chance, decisive_table, landing_sentence
from dashboard.report.sheet import Sentence, Table
from dashboard.text import Language
from pipelines.landing.model import Landing, OpenDeal, Outlook
from tests.builders import gaps

LIBRARY = gaps.deal("Library", "Zoé", 30_000, 0.5)
SCHOOL = gaps.deal("School", "Zoé", 20_000, 0.5)


def made_of(*deals: OpenDeal, unseen: int = 0) -> tuple[Landing, Outlook]:
    landing = gaps.landing(gaps.gap().definition, deals)
    assert landing.outlook is not None
    return landing, replace(landing.outlook, decisive_unseen=unseen)


def sentences(*deals: OpenDeal, unseen: int = 0, language: Language = "en") -> list[str]:
    blocks = decisive_table(*made_of(*deals, unseen=unseen), language)
    return [one.text for one in blocks if isinstance(one, Sentence)]


def test_the_deals_are_all_of_them_or_ones_own_among_them() -> None:
    assert sentences(LIBRARY, SCHOOL) == ["The 2 deals that make it:"]
    assert sentences(LIBRARY) == ["The deal that makes it:"]
    assert sentences(LIBRARY, SCHOOL, unseen=3) == [
        "Your 2 deals among those that make it:",
        "3 more that decide are colleagues'.",
    ]
    assert sentences(LIBRARY, unseen=1)[0] == "Your deal among those that make it:"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 deals decide it, and are not yours to see."),
        ("fr", "5 affaires font la différence, que vous ne pouvez pas voir."),
        ("fr_CA", "5 opportunités font la différence, que vous ne pouvez pas voir."),
    ],
)
def test_whoever_may_see_none_of_them_is_not_told_of_others(language: Language, words: str) -> None:
    assert sentences(unseen=5, language=language) == [words]


def test_a_landing_without_a_range_claims_no_certainty() -> None:
    landing, outlook = made_of()
    closed = replace(outlook, low=outlook.middle, high=outlook.middle, chance=0.0)

    said = landing_sentence(landing, closed, "en")

    assert said == "Most likely $200K; history does not tell how far off that may be."


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "under 1%"), (0.004, "under 1%"), (0.6, "60%"), (0.996, "over 99%"), (1, "over 99%")],
)
def test_no_chance_is_certain(share: float, words: str) -> None:
    assert chance(share, "en") == words


def test_a_deal_without_a_dated_stage_says_so() -> None:
    _, table = decisive_table(*made_of(replace(LIBRARY, stage=None), SCHOOL), "en")

    assert isinstance(table, Table)
    assert [row[0].small for row in table.rows] == ["Zoé · no dated stage", "Zoé · Proposal"]
