"""The deals that make a landing, to those who see all of them and to those who see their own."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.report.landing_parts import (
    chance,
    decisive_table,
    landing_part,
    landing_range,
    landing_sentence,
    outsized,
)
from dashboard.report.sheet import Sentence, Table
from dashboard.text import Language
from pipelines.errors import msg
from pipelines.kpis.definition import Unit
from pipelines.landing.model import Landing, OpenDeal, Outlook, Score, TrackRecord
from tests.builders import gaps
from tests.builders.minutes import CALENDAR

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
    assert sentences(LIBRARY, SCHOOL) == ["The 2 deals that matter most:"]
    assert sentences(LIBRARY) == ["The deal that matters most:"]
    assert sentences(LIBRARY, SCHOOL, unseen=3) == [
        "Your 2 deals among those that matter most:",
        "3 more that decide are colleagues'.",
    ]
    assert sentences(LIBRARY, unseen=1)[0] == "Your deal among those that matter most:"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "5 deals decide it, and are not yours to see."),
        ("fr", "5 affaires décisives, que vous ne pouvez pas voir."),
        ("fr_CA", "5 opportunités décisives, que vous ne pouvez pas voir."),
    ],
)
def test_whoever_may_see_none_of_them_is_not_told_of_others(language: Language, words: str) -> None:
    assert sentences(unseen=5, language=language) == [words]


def test_a_landing_without_a_range_claims_no_certainty() -> None:
    landing, outlook = made_of()
    closed = replace(outlook, low=outlook.middle, high=outlook.middle, chance=0.0)

    said = landing_sentence(landing, closed, "en")

    assert said == "Most likely $200K; history does not tell how far off that may be."


def test_a_chance_says_what_its_target_is_made_of_where_that_changes() -> None:
    landing, outlook = made_of()
    mixed = replace(landing, aim_note=msg("The target changes on {days}.", days="Friday"))
    assert outlook.chance is not None

    assert landing_sentence(landing, outlook, "en").endswith("%.")
    assert landing_sentence(mixed, outlook, "en").endswith("%. The target changes on Friday.")


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


def test_an_amount_has_its_currency_also_where_deals_are_counted() -> None:
    counted = gaps.landing(
        gaps.definition("deals_won", Unit.COUNT), [replace(LIBRARY, currency="CAD")]
    )
    assert counted.outlook is not None

    _, table = decisive_table(replace(counted, currency=None), counted.outlook, "en")

    assert isinstance(table, Table)
    assert [row[1].text for row in table.rows] == ["$30K"]


def test_a_chance_that_rests_on_few_deals_says_on_how_many() -> None:
    _, table = decisive_table(*made_of(replace(LIBRARY, few=1), replace(SCHOOL, few=4)), "fr_CA")

    assert isinstance(table, Table)
    assert [row[0].small for row in table.rows] == [
        "Zoé · Proposal · probabilité fondée sur 1 opportunité passée",
        "Zoé · Proposal · probabilité fondée sur 4 opportunités passées",
    ]


def test_larger_deals_that_hardly_count_are_named_after_those_that_do() -> None:
    school = replace(LIBRARY, name="Old school", amount=Decimal(286_000), chance=0.0)
    hotel = replace(LIBRARY, name="Hotel", amount=Decimal(198_000), chance=0.004)
    small = replace(LIBRARY, name="Shed", amount=Decimal(2_000), chance=0.0)
    landing, outlook = made_of(LIBRARY, SCHOOL)
    one, all_of_them = (
        replace(outlook, deals=(LIBRARY, small, *more)) for more in ([school], [hotel, school])
    )

    # the range is made of 30,000 and 20,000
    assert outsized(landing, outlook, "en") == ()
    assert outsized(landing, one, "en") == (
        "A larger one hardly counts, with a chance under 1%: Old school ($286K).",
    )
    last = decisive_table(landing, all_of_them, "en")[-1]
    assert isinstance(last, Sentence)
    assert last.text == (
        "Larger ones hardly count, each with a chance under 1%: Old school ($286K) and Hotel ($198K)."
    )


def test_larger_deals_are_not_written_off_where_hardly_any_earlier_one_was_as_old() -> None:
    school = replace(LIBRARY, name="Old school", amount=Decimal(286_000), chance=0.0, few=0)
    hotel = replace(LIBRARY, name="Hotel", amount=Decimal(198_000), chance=0.0)
    landing, outlook = made_of(LIBRARY, SCHOOL)

    def said(*larger: OpenDeal) -> str:
        return outsized(landing, replace(outlook, deals=(LIBRARY, *larger)), "en")[-1]

    assert said(school) == (
        "Hardly any earlier deal stood still for so long: little is known about it."
    )
    assert said(school, replace(hotel, few=2)) == (
        "Hardly any earlier deal stood still for so long: little is known about them."
    )
    assert said(school, hotel).startswith("Larger ones hardly count")


def test_a_range_says_how_often_earlier_ones_held_where_that_was_tried() -> None:
    landing, outlook = made_of(LIBRARY, SCHOOL)
    nothing = Decimal(0)
    score = Score(0.64, *[nothing] * 7)
    tried = TrackRecord(landing.definition, landing.as_of, score=score)

    assert "(when tried on past quarters: 64% of the time)" in landing_sentence(
        landing, outlook, "en", tried
    )
    untried = replace(tried, score=None)
    assert "tried" not in landing_sentence(landing, outlook, "en", untried)


def test_the_drawing_names_the_ends_of_the_likely_range() -> None:
    landing, outlook = made_of(LIBRARY, SCHOOL)
    ranged = replace(outlook, low=Decimal(210_000), high=Decimal(240_000))

    drawn = landing_range(landing, ranged, "en")

    at = {mark.label: mark.at for mark in drawn.marks}
    assert at["eight times in ten from $210K"] == drawn.low
    assert at["to $240K"] == drawn.high


def test_a_paper_says_what_a_range_is_made_of() -> None:
    landing, outlook = made_of(LIBRARY, SCHOOL)
    made = replace(outlook, closed=Decimal(222_000), open=Decimal(462_000), others=Decimal(463_000))
    part = landing_part([replace(landing, outlook=made)], [], "en", CALENDAR)

    assert part is not None
    assert any(
        isinstance(one, Sentence)
        and one.text.startswith("$222K closed. On average, $462K are still to come of ")
        and one.text.endswith(" and $463K of deals that are not there yet.")
        for one in part.blocks
    )
