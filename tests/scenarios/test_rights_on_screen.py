"""Every page that a salesperson opens, in every language: whatever is sent to the browser is read."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from pipelines.kpis.catalogue import catalogue
from pipelines.sample import PEOPLE
from tests.builders import by_hand
from tests.builders.pages import OWNER, given, open_page, showing
from tests.builders.sample import sample_context

ZOE = PEOPLE[0]
COLLEAGUES = PEOPLE[1:]
SALESPERSON = Visitor(ZOE, Role.SALESPERSON, names=frozenset({ZOE}))
VIEWER = Visitor("Anne Roy", Role.VIEWER)
LANGUAGES = ("en", "fr", "fr_CA")
#: Colleagues that a page names: who leads the sales signs what he agreed on with her, one to one;
#: in a meeting people sit at one table.
NAMED = {
    "personal": {PEOPLE[1]},
    **{key: set(COLLEAGUES) for key in ("meeting", "gap_review", "quarter_review", "decision")},
}
#: How costs and margins are called, on screen and in the data.
MARGINS = ("gross_margin", "Gross margin", "Marge brute", "marge brute", "Coût", "Cost")
#: The pages that are a salesperson's.
THEIRS = (
    *("week", "meeting", "mine", "kpi", "actions", "plan", "personal", "targets", "reviews"),
    *("pacts", "experiments", "discipline", "minutes", "pipeline", "gap_review", "account"),
    *("quarter_review", "next_quarter"),
)
#: Pages of theirs with something asked for in the address, and every page that is not theirs.
ADDRESSES = [
    *({"place": place, "lang": language} for place, language in product(THEIRS, LANGUAGES)),
    *({"place": place.value} for place in Place if place.value not in THEIRS),
    *({"place": "reviews", "week": week} for week in ("2026-W46", "2026-W40")),
    *({"place": "actions", "status": "all", "person": one} for one in PEOPLE[:2]),
    *({"place": "week", "week": week} for week in ("2026-W45", "2026-W30")),
    {"place": "kpi", "kpi": "gross_margin", "grain": "quarter", "period": "2026-Q3"},
    {"place": "kpi", "kpi": "gross_margin_rate"},
    *({"place": "pipeline", "change": change} for change in ("created", "won", "vanished")),
    {"place": "pipeline", "change": "lost", "person": PEOPLE[1]},
    {"place": "imports", "import": "1"},
    {"place": "people", "person": "2"},
    {"place": "audit", "entry": "1"},
]


def sent(page: Any) -> str:
    """Return everything a page sends to the browser, with the escapes of JSON undone."""
    raw = b"\n".join(_protos(page._tree)).decode("utf-8", "replace")
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), raw)


def _protos(node: Any) -> Iterator[bytes]:
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)


def colleagues_deals() -> list[str]:
    return [deal.number for deal in by_hand.deals().values() if deal.owner in COLLEAGUES]


def digits(words: str) -> set[str]:
    """Return every number in a text, without what stands between its thousands."""
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[ ,\u00a0\u202f\u2009](?=\d{3})", "", words)))


def open_as(visitor: Visitor, place: str, **address: str) -> Any:
    with showing(sample_context(), visitor):
        page = open_page(Place(place), **address)
    assert not page.exception
    return page


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: "-".join(address.values()))
def test_no_page_sends_a_salesperson_a_colleagues_name_or_deal_or_a_margin(
    address: dict[str, str],
) -> None:
    said = sent(open_as(SALESPERSON, **{"lang": "en", **address}))

    allowed = set(address.values()) | NAMED.get(address["place"], set())
    hidden = {*COLLEAGUES, *MARGINS, *colleagues_deals()} - allowed
    assert not [words for words in hidden if words in said]


@pytest.mark.parametrize("key", sorted(catalogue(sample_context())))
def test_no_kpi_sends_a_salesperson_a_colleagues_row(key: str) -> None:
    address = {"kpi": key, "grain": "quarter", "period": "2026-Q3", "lang": "en"}

    said = sent(open_as(SALESPERSON, "kpi", **address))

    hidden = {*COLLEAGUES, *colleagues_deals(), "Gross margin"}
    assert not [words for words in hidden if words in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_owner_is_sent_all_that_so_that_it_would_have_been_found(language: str) -> None:
    asked = {"grain": "quarter", "period": "2026-Q3", "lang": language}

    sales = sent(open_as(OWNER, "kpi", kpi="sales_won", **asked))
    margin = sent(open_as(OWNER, "kpi", kpi="gross_margin", **asked))

    assert all(one in sales for one in COLLEAGUES)
    assert len([number for number in colleagues_deals() if number in sales]) > 20
    assert [words for words in MARGINS if words in margin]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_salesperson_sees_the_companys_totals(language: str) -> None:
    company, days = by_hand.Company(), (date(2026, 11, 9), date(2026, 11, 16))

    rows = given(open_as(SALESPERSON, "week", lang=language), "scorecard")["rows"]

    found = {row["key"]: digits(row["value"]) for row in rows}
    assert found["sales_won"] == {str(round(company.sales_won(*days) / 1000))}  # in thousands
    assert found["meetings_held"] == {str(round(company.meetings_held(*days)))} == {"14"}
    assert found["new_opportunities"] == {str(round(company.new_opportunities(*days)))}
    assert "gross_margin_rate" not in found


@pytest.mark.parametrize("place", list(Place))
def test_a_viewer_is_sent_closed_reviews_and_their_own_account_wherever_they_go(
    place: Place,
) -> None:
    said = sent(open_as(VIEWER, place.value, lang="fr"))

    # closed minutes say who carries out what was decided, and so does the list of decisions
    hidden = {*(() if place is Place.DECISION else PEOPLE), *colleagues_deals()}
    assert not [words for words in hidden if words in said]


@pytest.mark.parametrize("place", list(Place))
def test_a_page_without_anybody_known_is_a_sentence(place: Place) -> None:
    with showing(sample_context(), None):
        page = open_page(place, lang="en")

    said = sent(page)
    assert "You are not logged in any more." in said
    assert len(said) < 2_000
