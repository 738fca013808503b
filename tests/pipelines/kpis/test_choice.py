"""Five to seven KPIs, of both kinds, that the data supports."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.kpis.availability import availability
from pipelines.kpis.choice import Choice, choose, choose_at, chosen, proposed
from pipelines.kpis.definition import Kind
from tests.builders.warehouse import (
    SHIPPED,
    FixedDay,
    Row,
    closed,
    created,
    invoice,
    meeting,
    proposal,
    warehouse_with,
)

_FIVE = ("new_opportunities", "proposals_sent", "sales_won", "win_rate", "gross_margin")


def everything() -> list[Row]:
    """Return rows that support all twelve KPIs."""
    return [
        closed("2026-03-03", "won", 100, created_on="2026-03-01"),
        closed("2026-03-03", "lost"),
        meeting("2026-03-03"),
        meeting("2026-03-03", "no_show"),
        proposal("2026-03-03"),
        invoice("2026-03-03", 100, 50),
    ]


def refusal(context: Context, *keys: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        choose(context, [(key, None) for key in keys])
    assert chosen(context) == ()
    return [str(problem) for problem in refused.value.problems]


def test_five_of_both_kinds_are_taken_in_their_order() -> None:
    warehouse = warehouse_with(*everything())

    choose(warehouse, [(key, "Ana" if key == "sales_won" else None) for key in _FIVE])

    assert [choice.key for choice in chosen(warehouse)] == list(_FIVE)
    assert chosen(warehouse)[2] == Choice("sales_won", "Ana", 3)


def test_the_eighth_is_refused() -> None:
    eight = (*_FIVE, "deals_won", "meetings_held", "average_deal")

    (said,) = refusal(warehouse_with(*everything()), *eight)

    assert said.startswith("8 KPIs are chosen; it takes 5 to 7.")


def test_four_are_too_few() -> None:
    (said,) = refusal(warehouse_with(*everything()), *_FIVE[:4])

    assert said.startswith("4 KPIs are chosen")


def test_results_alone_steer_nothing() -> None:
    outputs = ("sales_won", "deals_won", "win_rate", "gross_margin", "average_deal")

    (said,) = refusal(warehouse_with(*everything()), *outputs)

    assert "activity" in said
    assert "meetings_held" in said


def test_activity_alone_is_not_enough_either() -> None:
    inputs = [key for key, one in SHIPPED.items() if one.kind is Kind.INPUT]

    (said,) = refusal(warehouse_with(*everything()), *inputs)

    assert "results" in said


def test_a_kpi_is_chosen_once() -> None:
    (said,) = refusal(warehouse_with(*everything()), *_FIVE, "sales_won")

    assert said == "Sales won is chosen 2 times."


def test_what_the_data_does_not_support_cannot_be_chosen() -> None:
    (said,) = refusal(warehouse_with(*everything()[:-1]), *_FIVE)

    assert said.startswith("gross_margin: Gross margin is unavailable: The files hold no dated")


def test_all_reasons_are_told_at_once() -> None:
    said = refusal(warehouse_with(), "sales_wom", "sales_won", "sales_won")

    assert any("Did you mean 'sales_won'" in line for line in said)
    assert any("unavailable" in line for line in said)
    assert any("2 times" in line for line in said)
    assert any("it takes 5 to 7" in line for line in said)
    assert any("activity" in line for line in said)


def test_a_new_choice_replaces_the_old_one_which_stays_in_the_history() -> None:
    spring = warehouse_with(*everything(), today="2026-03-10")
    choose(spring, [(key, None) for key in _FIVE])
    summer = FixedDay(spring.workspace, spring.store, spring.shipped_definitions, date(2026, 6, 10))
    choose(summer, [(key, None) for key in (*_FIVE, "deals_won")])

    assert len(chosen(summer)) == 6
    assert len(chosen(summer, date(2026, 6, 9))) == 5
    assert len(chosen(summer, date(2026, 6, 10))) == 6
    assert chosen(summer, date(2026, 3, 9)) == ()


def test_choosing_twice_on_a_day_leaves_the_second_choice() -> None:
    warehouse = warehouse_with(*everything())
    choose(warehouse, [(key, None) for key in _FIVE])
    choose(warehouse, [(key, "Bob") for key in reversed(_FIVE)])

    assert [choice.key for choice in chosen(warehouse)] == list(reversed(_FIVE))
    assert chosen(warehouse, warehouse.today()) == chosen(warehouse)


def test_seven_of_both_kinds_are_proposed_before_anything_is_chosen() -> None:
    warehouse = warehouse_with(*everything())

    choices = proposed(warehouse)

    kinds = [SHIPPED[choice.key].kind for choice in choices]
    assert len(choices) == 7
    assert kinds.count(Kind.INPUT) == 3
    assert [choice.position for choice in choices] == [1, 2, 3, 4, 5, 6, 7]
    choose(warehouse, [(choice.key, None) for choice in choices])  # a proposal can be taken


def test_only_what_is_available_is_proposed() -> None:
    warehouse = warehouse_with(created("2026-03-03"), meeting("2026-03-03"))

    assert [choice.key for choice in proposed(warehouse)] == ["new_opportunities", "meetings_held"]
    assert proposed(warehouse_with()) == ()


def test_every_kpi_is_available_or_says_why() -> None:
    assert set(availability(warehouse_with(*everything())).values()) == {None}

    nothing = availability(warehouse_with())
    assert list(nothing) == list(SHIPPED)
    assert all(str(why).endswith(".") for why in nothing.values())


def test_mixed_currencies_and_broken_definitions_are_told_before_they_are_chosen() -> None:
    measure = SHIPPED["deals_won"].measure
    assert measure is not None
    broken = replace(
        SHIPPED["deals_won"], key="broken", measure=replace(measure, where="abs(name) > 1")
    )
    warehouse = warehouse_with(
        *everything(),
        closed("2026-03-03", "won", 100, currency="EUR"),
        definitions={**SHIPPED, "broken": broken},
    )

    reasons = availability(warehouse)

    assert "CAD, EUR" in str(reasons["sales_won"])
    assert "Check its definition" in str(reasons["broken"])
    assert reasons["deals_won"] is None


def test_a_choice_that_begins_later_leaves_today_as_it_is() -> None:
    warehouse = warehouse_with(*everything(), today="2026-03-10")
    choose(warehouse, [(key, None) for key in _FIVE])
    later = [(key, None) for key in ("deals_won", *_FIVE[1:])]

    warehouse.store.write(lambda cursor: choose_at(warehouse, cursor, later, date(2026, 4, 1)))

    assert [one.key for one in chosen(warehouse)] == list(_FIVE)
    assert [one.key for one in chosen(warehouse, date(2026, 3, 31))] == list(_FIVE)
    assert chosen(warehouse, date(2026, 4, 1))[0].key == "deals_won"


def test_a_choice_of_today_takes_the_place_of_one_that_was_to_come() -> None:
    warehouse = warehouse_with(*everything(), today="2026-03-10")
    choose(warehouse, [(key, None) for key in _FIVE])
    later = [(key, None) for key in ("deals_won", *_FIVE[1:])]
    warehouse.store.write(lambda cursor: choose_at(warehouse, cursor, later, date(2026, 4, 1)))

    choose(
        FixedDay(warehouse.workspace, warehouse.store, SHIPPED, date(2026, 3, 12)),
        [(key, None) for key in ("meetings_held", *_FIVE[1:])],
    )

    assert [
        chosen(warehouse, day)[0].key
        for day in (date(2026, 3, 11), date(2026, 3, 12), date(2026, 4, 2))
    ] == ["new_opportunities", "meetings_held", "meetings_held"]
    assert {len(chosen(warehouse, day)) for day in (date(2026, 3, 11), date(2026, 4, 2))} == {5}
