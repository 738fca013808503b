"""Who sees only their own types the numbers they are responsible for, and no others."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from pipelines.kpis.choice import choose, chosen
from pipelines.kpis.definition import Aggregate, Better, Kind, Unit
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.rows import rows_behind
from pipelines.periods import Grain
from tests.builders.warehouse import closed, warehouse_with

ZOE = Actor("Zoé", scope=Scope(frozenset({"Zoé", "zoe"}), margins=False))
MONDAY = date(2026, 11, 9)
CALLS = EntryRow("calls", MONDAY, 12.0, grain=Grain.WEEK)


@pytest.fixture
def company() -> Context:
    context = warehouse_with(closed("2026-11-03", "won", amount=100), today="2026-11-16")
    kinds = {"calls": Kind.INPUT, "visits": Kind.INPUT, "costs": Kind.OUTPUT, "mood": Kind.OUTPUT}
    for key, kind in kinds.items():
        kept = HandKept(
            *(key, key, kind, Unit.COUNT, Better.UP, Aggregate.SUM), confidential=key == "costs"
        )
        create_hand_kept(context, kept)
        add_entry(context, EntryRow(key, date(2026, 10, 5), 1.0, grain=Grain.WEEK))
    responsible = {"calls": "Zoé", "visits": "Luc", "costs": "Zoé", "mood": None}
    choose(context, [*responsible.items(), ("sales_won", "Zoé")])
    return context


def typed(context: Context, key: str) -> list[object]:
    found = rows_behind(context, key, date.min, date(2027, 1, 1))
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.records)
    return [row["value"] for row in rows if row["start"] == MONDAY]


def test_whoever_is_responsible_types_the_number(company: Context) -> None:
    add_entry(company.by(ZOE), CALLS)
    add_entry(company.by(ZOE), replace(CALLS, owner="Zoé", value=5.0))

    assert sorted(typed(company, "calls"), key=str) == [12.0, 5.0]


@pytest.mark.parametrize("key", ["visits", "new_opportunities"])
def test_nobody_types_a_number_that_a_colleague_is_responsible_for(
    company: Context, key: str
) -> None:
    with pytest.raises(AccessRefused, match="responsible"):
        add_entry(company.by(ZOE), replace(CALLS, key=key))


def test_nobody_types_a_colleagues_number(company: Context) -> None:
    with pytest.raises(AccessRefused, match="colleague's"):
        add_entry(company.by(ZOE), replace(CALLS, owner="Luc"))
    assert typed(company, "calls") == []


def test_a_confidential_number_does_not_exist_for_who_may_not_see_margins(
    company: Context,
) -> None:
    with pytest.raises(Refused, match="costs"):
        add_entry(company.by(ZOE), replace(CALLS, key="costs"))


def test_a_computed_number_is_not_typed_by_whoever_is_responsible(company: Context) -> None:
    with pytest.raises(Refused, match="computed from the files"):
        add_entry(company.by(ZOE), replace(CALLS, key="sales_won"))


def test_whoever_sees_everybody_types_any_number(company: Context) -> None:
    add_entry(company.by(Actor("Anne")), replace(CALLS, key="visits", owner="Luc"))

    assert typed(company, "visits") == [12.0]


@pytest.mark.parametrize("unit", [Unit.COUNT, Unit.DAYS, Unit.MONEY])
def test_what_is_counted_or_paid_is_not_negative(company: Context, unit: Unit) -> None:
    kept = HandKept("new", "Calls made", Kind.INPUT, unit, Better.UP, Aggregate.SUM)
    create_hand_kept(company, kept)

    with pytest.raises(Refused, match="Calls made"):
        add_entry(company, replace(CALLS, key="new", value=-5.0))

    assert typed(company, "new") == []


@pytest.mark.parametrize("unit", [Unit.MONEY, Unit.PERCENT])
def test_a_margin_and_a_growth_rate_may_be_negative(company: Context, unit: Unit) -> None:
    kept = HandKept(
        "new",
        "Margin",
        Kind.OUTPUT,
        unit,
        Better.UP,
        Aggregate.SUM,
        confidential=unit is Unit.MONEY,
    )
    create_hand_kept(company, kept)

    add_entry(company, replace(CALLS, key="new", value=-0.05))

    assert typed(company, "new") == [-0.05]


def test_a_hand_kept_kpi_is_chosen_before_its_first_number(company: Context) -> None:
    create_hand_kept(
        company, HandKept("demos", "Demos", Kind.INPUT, Unit.COUNT, Better.UP, Aggregate.SUM)
    )

    choose(company, [("demos", "Zoé"), *((one.key, None) for one in chosen(company))][:6])
    add_entry(company.by(ZOE), replace(CALLS, key="demos"))

    assert typed(company, "demos") == [12.0]
