from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.context import Context
from pipelines.funnel import pipeline_review
from pipelines.funnel.model import Bridge, Change, End
from tests.builders.pipeline import followed, seen
from tests.builders.warehouse import Row, add, deal, imported, stage_entry, warehouse_with

FIRST, NOW = "2026-10-05", "2026-11-02"
SINCE, TODAY = date(2026, 10, 5), date(2026, 11, 2)
EXPORTS = (imported("deals", FIRST), imported("deals", NOW))


def company(*deals: list[Row], **values: Any) -> Context:
    rows = [row for listed in deals for row in listed]
    return warehouse_with(*EXPORTS, *rows, today=TODAY, currency="CAD", **values)


def bridge(*deals: list[Row], **values: Any) -> Bridge:
    return pipeline_review(company(*deals, **values), SINCE).bridge


def changes(found: Bridge) -> dict[Change, tuple[int, int]]:
    return {bar.change: (bar.deals, int(bar.added)) for bar in found.bars}


def stood(end: End) -> tuple[int, float]:
    return end.deals, float(end.amount)


def names(found: Bridge, change: Change) -> list[str]:
    bar = found.bar(change)
    return [one.deal.called for one in bar.listed] if bar else []


def adds_up(found: Bridge) -> bool:
    amount = found.opening.amount + sum((bar.added for bar in found.bars), Decimal(0))
    count = found.opening.deals + sum(bar.deals * bar.change.comes for bar in found.bars)
    return (amount, count) == (found.closing.amount, found.closing.deals)


def test_every_way_in_and_out_of_the_pipeline_has_its_bar() -> None:
    found = bridge(
        followed("stays", seen(FIRST, 100), created_on="2026-09-01"),
        followed("new", seen(NOW, 200), created_on="2026-10-20"),
        followed("back", seen(FIRST, 300, "lost"), seen(NOW, 310), created_on="2026-09-01"),
        followed("grown", seen(FIRST, 400), seen(NOW, 450), created_on="2026-09-01"),
        followed("shrunk", seen(FIRST, 500), seen(NOW, 440), created_on="2026-09-01"),
        followed("won", seen(FIRST, 600), seen(NOW, 650, "won"), created_on="2026-09-01"),
        followed("lost", seen(FIRST, 700), seen(NOW, 700, "lost"), created_on="2026-09-01"),
        followed("other", seen(FIRST, 800), seen(NOW, 800, "neither"), created_on="2026-09-01"),
        followed("gone", seen(FIRST, 900), created_on="2026-09-01", vanished_on=NOW),
    )

    assert stood(found.opening) == (7, 4000)
    assert changes(found) == {
        Change.CREATED: (1, 200),
        Change.REOPENED: (1, 310),
        Change.GROWN: (1, 50),
        Change.SHRANK: (1, -60),
        Change.WON: (1, -600),
        Change.LOST: (1, -700),
        Change.ENDED: (1, -800),
        Change.VANISHED: (1, -900),
    }
    assert stood(found.closing) == (5, 1500)


def test_a_bar_lists_its_deals_the_largest_first_as_they_were_and_are() -> None:
    found = bridge(
        followed("small", seen(FIRST, 10), seen(NOW, 15), created_on="2026-09-01"),
        followed("large", seen(FIRST, 10), seen(NOW, 99), created_on="2026-09-01"),
    )

    bar = found.bar(Change.GROWN)
    assert bar is not None
    assert [one.deal.called for one in bar.listed] == ["large", "small"]
    large = bar.listed[0]
    assert [large.was_amount, large.deal.amount, large.added] == [10, 99, 89]


def test_a_deal_that_comes_and_goes_between_the_two_days_is_new_and_won() -> None:
    found = bridge(
        followed("quick", seen(NOW, 70, "won", closed_on="2026-10-30"), created_on="2026-10-20"),
    )

    assert changes(found) == {Change.CREATED: (1, 70), Change.WON: (1, -70)}
    assert found.opening.deals == found.closing.deals == 0


def test_a_date_that_moves_later_is_put_off_and_changes_no_amount() -> None:
    found = bridge(
        followed(
            "later",
            seen(FIRST, 100, expected_close_on="2026-11-01"),
            seen(NOW, 100, expected_close_on="2026-12-01"),
        ),
        followed(
            "sooner",
            seen(FIRST, 40, expected_close_on="2026-12-01"),
            seen(NOW, 50, expected_close_on="2026-11-15"),
        ),
    )

    assert changes(found) == {
        Change.GROWN: (1, 10),
        Change.SLIPPED: (1, 0),
        Change.BROUGHT_FORWARD: (1, 0),
    }
    assert names(found, Change.SLIPPED) == ["later"]


def test_the_order_of_stages_is_the_one_that_deals_take_most_often() -> None:
    forth = [
        followed(f"forth {n}", seen(FIRST, 1, stage="Qualified"), seen(NOW, 1, stage="Quoted"))
        for n in range(3)
    ]
    back = followed("back", seen(FIRST, 1, stage="Quoted"), seen(NOW, 1, stage="Qualified"))

    found = bridge(*forth, back)

    assert changes(found) == {Change.ADVANCED: (3, 0), Change.MOVED_BACK: (1, 0)}
    assert names(found, Change.MOVED_BACK) == ["back"]


def test_the_way_that_won_deals_took_tells_which_stage_is_later() -> None:
    context = company(
        followed("back", seen(FIRST, 1, stage="Quoted"), seen(NOW, 1, stage="Qualified")),
    )
    for name in ("v", "w"):
        add(
            context,
            deal("won", external_id=name, created_on="2026-08-01", closed_on="2026-09-30"),
            stage_entry(name, "2026-08-01", stage="Qualified"),
            stage_entry(name, "2026-08-20", stage="Quoted"),
        )

    assert names(pipeline_review(context, SINCE).bridge, Change.MOVED_BACK) == ["back"]


def test_before_the_first_export_deals_count_by_their_dates_and_the_review_says_so() -> None:
    context = company(
        followed("old", seen(FIRST, 100), created_on="2026-08-01"),
        followed(
            "won since", seen(FIRST, 50, "won", closed_on="2026-09-15"), created_on="2026-08-01"
        ),
        followed(
            "won before", seen(FIRST, 9, "won", closed_on="2026-08-20"), created_on="2026-08-01"
        ),
        followed("later", seen(FIRST, 30), created_on="2026-09-10"),
    )

    review = pipeline_review(context, date(2026, 9, 1))

    assert review.bridge.opening.told_on is None
    assert stood(review.bridge.opening) == (2, 150)
    assert changes(review.bridge) == {Change.CREATED: (1, 30), Change.WON: (1, -50)}
    assert "No export tells how things stood on 2026-09-01" in str(review.notes[0])


def test_between_two_exports_the_older_one_tells() -> None:
    context = company(
        followed("won", seen(FIRST, 600), seen(NOW, 600, "won", closed_on="2026-10-10")),
    )

    review = pipeline_review(context, date(2026, 10, 20))

    assert review.bridge.opening.told_on == SINCE
    assert changes(review.bridge) == {Change.WON: (1, -600)}


def test_deals_without_an_id_of_their_own_count_by_their_dates() -> None:
    context = warehouse_with(
        imported("deals", NOW, import_id=77),
        deal(created_on="2026-09-01", amount=10, import_id=77),
        deal(created_on="2026-10-20", amount=20, import_id=77),
        deal("won", created_on="2026-09-01", closed_on="2026-10-10", amount=5, import_id=77),
        deal("won", created_on="2026-08-01", closed_on="2026-09-10", amount=7, import_id=77),
        today=TODAY,
    )

    found = pipeline_review(context, SINCE).bridge

    assert stood(found.opening) == (2, 15)
    assert changes(found) == {Change.CREATED: (1, 20), Change.WON: (1, -5)}


def test_amounts_in_another_currency_are_never_added_and_it_is_said() -> None:
    context = company(
        followed("here", seen(FIRST, 100, currency="CAD"), created_on="2026-09-01"),
        followed(
            "there",
            seen(FIRST, 900, currency="USD"),
            seen(NOW, 950, currency="USD"),
            created_on="2026-09-01",
        ),
    )

    review = pipeline_review(context, SINCE)

    assert review.currency == "CAD"
    assert stood(review.bridge.closing) == (2, 100)
    assert review.bridge.bars == ()
    assert "1 open deal is in another currency than CAD" in str(review.notes[0])


def test_deals_that_are_all_in_one_foreign_currency_are_added_in_it() -> None:
    review = pipeline_review(
        company(followed("there", seen(FIRST, 900, currency="USD"), created_on="2026-09-01")), SINCE
    )

    assert review.currency == "USD"
    assert review.bridge.closing.amount == 900


def test_a_deal_that_changes_its_currency_is_neither_grown_nor_shrunk() -> None:
    found = bridge(
        followed("moved", seen(FIRST, 100, currency="CAD"), seen(NOW, 80, currency="USD")),
        followed("stays", seen(FIRST, 1, currency="CAD")),
    )

    assert changes(found) == {Change.RESTATED: (1, -100)}
    assert adds_up(found)


def test_a_company_without_open_deals_is_told_what_to_export() -> None:
    review = pipeline_review(
        company(followed("x", seen(FIRST, 1, "lost", closed_on="2026-01-05"))), SINCE
    )

    assert "Export all deals, open ones included" in str(review.unavailable)


def test_an_old_export_is_not_taken_for_today() -> None:
    context = warehouse_with(
        imported("deals", FIRST), *followed("a", seen(FIRST, 1)), today=date(2026, 11, 20)
    )

    notes = [str(note) for note in pipeline_review(context).notes]

    assert "The newest export of deals is of 2026-10-05; what came since is not known." in notes


def test_a_past_review_is_what_it_was_whatever_came_later() -> None:
    before = "2026-09-07"
    states = {
        "grown": (seen(before, 10), seen(FIRST, 30), seen(NOW, 50, "won", closed_on="2026-10-30")),
        "lost": (seen(before, 20), seen(FIRST, 20, "lost", closed_on="2026-09-20"), seen(NOW, 20)),
        "new": (seen(FIRST, 5), seen(NOW, 7)),
    }
    later = [followed("later", seen(NOW, 900), created_on="2026-10-20")]

    def found(*, then: bool) -> Bridge:
        rows = [
            row
            for name, listed in states.items()
            for row in followed(name, *(listed[:-1] if then else listed), created_on="2026-09-20")
        ]
        more = [] if then else [row for listed in later for row in listed]
        context = warehouse_with(
            imported("deals", before), *EXPORTS, *rows, *more, today=TODAY, currency="CAD"
        )
        return pipeline_review(context, date(2026, 9, 7), as_of=SINCE).bridge

    assert changes(found(then=False)) == changes(found(then=True))
    assert changes(found(then=False)) == {
        Change.CREATED: (1, 5),
        Change.GROWN: (1, 20),
        Change.LOST: (1, -20),
    }
    assert stood(found(then=False).closing) == (2, 35)


_DAYS = st.sampled_from([SINCE - timedelta(days=40), SINCE, SINCE + timedelta(days=14), TODAY])
_AMOUNTS = st.none() | st.decimals(0, 10**6, places=2, allow_nan=False)
_STATES = st.tuples(
    st.sampled_from(["open", "open", "won", "lost", "neither"]),
    _AMOUNTS,
    st.sampled_from(["CAD", "CAD", "USD", None]),
    st.sampled_from([None, date(2026, 11, 1), date(2026, 12, 1)]),
)


@st.composite
def _deal(draw: st.DrawFn) -> dict[str, Any]:
    days = sorted(draw(st.sets(_DAYS, min_size=1)))
    return {
        "states": [(day, draw(_STATES)) for day in days],
        "created_on": draw(st.none() | st.dates(date(2026, 7, 1), TODAY)),
        "closed_on": draw(st.none() | st.dates(date(2026, 7, 1), TODAY)),
        "vanished_on": draw(st.none() | st.none() | _DAYS),
        "is_followed": draw(st.booleans()),
    }


def _rows(number: int, drawn: dict[str, Any]) -> list[Row]:
    states = [
        seen(
            str(day),
            amount,
            status,
            currency=currency,
            expected_close_on=close_on,
            closed_on=None if status == "open" else drawn["closed_on"],
        )
        for day, (status, amount, currency, close_on) in drawn["states"]
    ]
    rows = followed(
        f"d{number}",
        *(states if drawn["is_followed"] else states[-1:]),
        created_on=drawn["created_on"],
        vanished_on=drawn["vanished_on"],
    )
    if not drawn["is_followed"]:
        rows[-1] = Row("deals", {**rows[-1].values, "seen_from": None})
    return rows


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_deal(), max_size=8),
    st.dates(date(2026, 8, 1), TODAY - timedelta(days=1)),
)
def test_whatever_happened_the_bridge_adds_up_to_the_cent(
    drawn: list[dict[str, Any]], since: date
) -> None:
    with company(*[_rows(number, one) for number, one in enumerate(drawn)]) as context:
        assert adds_up(pipeline_review(context, since).bridge)


@pytest.mark.parametrize("since", ["2026-11-02", "2026-12-01"])
def test_one_looks_back_only(since: str) -> None:
    with pytest.raises(Exception, match="is not before 2026-11-02"):
        pipeline_review(company(), date.fromisoformat(since))
