"""KPIs that show costs or margins do not exist for those who may not see them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import DefinitionError, Refused
from pipelines.kpis.assess import assess
from pipelines.kpis.availability import availability
from pipelines.kpis.catalogue import catalogue, shows_margins
from pipelines.kpis.choice import choose, chosen, proposed
from pipelines.kpis.definition import (
    Aggregate,
    Better,
    Definition,
    Kind,
    Measure,
    Requirement,
    Unit,
)
from pipelines.kpis.entries import EntryRow, add_entry, record_entries
from pipelines.kpis.hand_kept import HandKept, create_hand_kept, hand_kept, incomplete
from pipelines.kpis.locks import lock_limits, newest_locks
from pipelines.kpis.reader import read_definitions
from pipelines.kpis.rows import rows_behind
from pipelines.kpis.targets import TargetRequest, list_targets, set_target
from pipelines.periods import Grain
from pipelines.resources import shipped
from tests.builders.warehouse import (
    SHIPPED,
    closed,
    created,
    invoice,
    meeting,
    proposal,
    warehouse_with,
    weekly,
)

_NO_MARGINS = Actor("Zoé", None, Scope(None, margins=False))
_NOW = date(2026, 3, 2)


def own(numerator: str, where: str = "", denominator: str = "", requires: str = "") -> Definition:
    needed = (Requirement(requires, SHIPPED["sales_won"].name),) if requires else ()
    measure = Measure("invoices", "invoiced_on", numerator, where, denominator, 0, needed)
    return replace(SHIPPED["gross_margin"], key="own", measure=measure)


@pytest.mark.parametrize(
    "definition",
    [
        own("sum(revenue - cost)"),
        own("sum(revenue)", denominator="sum(cost)"),
        own("count(*)", where="revenue > 2 * cost"),
        own("count(*) filter (where cost is not null)"),
        own("sum(case when coalesce(cost, 0) > 1 then 1 else 0 end)"),
        own("count(*)", requires="cost is not null"),
        replace(SHIPPED["sales_won"], confidential=True),
    ],
    ids=lambda one: str(one.measure.numerator),
)
def test_a_kpi_that_looks_at_costs_anywhere_shows_margins(definition: Definition) -> None:
    assert shows_margins(definition)


def test_of_the_shipped_kpis_the_two_margins_show_margins() -> None:
    assert {key for key, one in SHIPPED.items() if shows_margins(one)} == {
        "gross_margin",
        "gross_margin_rate",
    }


@pytest.mark.parametrize("definition", [own("sum(revenue)"), own("count(*)", "account = 'cost'")])
def test_a_kpi_that_looks_at_no_cost_is_for_everybody(definition: Definition) -> None:
    assert not shows_margins(definition)


def test_a_file_may_say_that_a_kpi_is_confidential(tmp_path: Path) -> None:
    text = (shipped("kpi_definitions") / "sales_won.toml").read_text(encoding="utf-8")
    path = tmp_path / "sales_won.toml"
    path.write_text("confidential = true\n" + text, encoding="utf-8")
    assert read_definitions(tmp_path)["sales_won"].confidential

    path.write_text("confidential = 'perhaps'\n" + text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="confidential"):
        read_definitions(tmp_path)


def company() -> Context:
    context = warehouse_with(
        *weekly("2026-01-05", [3, 4, 5, 4, 3, 4, 5, 4]),
        closed("2026-03-03", "won", 10, cost=4, owner="Zoé"),
        closed("2026-03-03", "lost"),
        created("2026-03-02", 5),
        meeting("2026-03-02"),
        proposal("2026-03-02"),
        *(
            invoice(f"2026-0{month}-{day:02}", 100, 60)
            for month in (1, 2)
            for day in (5, 12, 19, 26)
        ),
        today="2026-03-20",
    )
    keys = ("new_opportunities", "meetings_held", "sales_won", "gross_margin", "deals_won")
    choose(context, [(key, None) for key in keys])
    set_target(context, TargetRequest("gross_margin", 500, date(2026, 1, 1), per=Grain.MONTH))
    set_target(context, TargetRequest("win_rate", 0.3, date(2026, 1, 1)))
    for key in ("gross_margin", "deals_won"):
        lock_limits(context, key, date(2026, 1, 5), date(2026, 3, 1), "A calm time")
    return context


def test_no_reader_knows_a_kpi_that_shows_margins() -> None:
    context = company()
    blind = context.by(_NO_MARGINS)

    for reader in (catalogue, availability):
        assert "gross_margin" in reader(context)
        assert not {"gross_margin", "gross_margin_rate"} & set(reader(blind))
    assert [one.key for one in chosen(blind)] == [
        one.key for one in chosen(context) if one.key != "gross_margin"
    ]
    assert len(chosen(context)) == 5  # the company's choice stays what it is
    assert not [one for one in proposed(blind) if "margin" in one.key]
    assert {one.key for one in list_targets(blind)} == {"win_rate"}
    assert list_targets(blind, "gross_margin") == ()
    assert set(newest_locks(blind, Grain.WEEK)) == {"deals_won"}


def test_a_hint_names_no_kpi_that_shows_margins() -> None:
    blind = company().by(_NO_MARGINS)

    with pytest.raises(Refused) as error:
        assess(blind, ["gross_margin_"], Grain.WEEK)
    assert "'gross_margin'" not in str(error.value)
    assert "gross_margin_rate" not in str(error.value)


def test_rows_come_without_their_cost() -> None:
    context = company()
    days = date(2026, 3, 1), date(2026, 4, 1)
    seen = rows_behind(context, "sales_won", *days)
    blind = rows_behind(context.by(_NO_MARGINS), "sales_won", *days)

    assert "cost" in seen.columns
    assert "cost" not in blind.columns
    place = seen.columns.index("cost")
    assert blind.records == tuple(
        (*record[:place], *record[place + 1 :]) for record in seen.records
    )


def test_a_typed_kpi_is_confidential_if_somebody_says_so() -> None:
    context = warehouse_with(today="2026-03-20")
    margin = HandKept("margin", "Margin", Kind.OUTPUT, Unit.MONEY, Better.UP, Aggregate.SUM)
    create_hand_kept(context, replace(margin, confidential=True))
    create_hand_kept(context, replace(margin, key="visits"))
    add_entry(context, EntryRow("margin", _NOW, 5, grain=Grain.WEEK))
    blind = context.by(_NO_MARGINS)

    assert [one.key for one in hand_kept(context)] == ["margin", "visits"]
    assert [one.key for one in hand_kept(blind)] == ["visits"]
    assert "margin" not in catalogue(blind)
    with pytest.raises(Refused, match="no KPI 'margin'"):
        rows_behind(blind, "margin", date(2026, 1, 1), date(2026, 4, 1))
    with pytest.raises(Refused, match="no KPI 'margin'"):
        add_entry(blind, EntryRow("margin", _NOW, 6, grain=Grain.WEEK))


def test_what_an_import_guessed_is_confidential_until_somebody_says_what_it_is() -> None:
    context = warehouse_with(today="2026-03-20")
    context.store.write(
        lambda cursor: record_entries(
            cursor,
            [EntryRow("secret", _NOW, 5, grain=Grain.WEEK)],
            1,
            calendar=context.calendar,
            definitions=SHIPPED,
            entered_at=context.today(),  # type: ignore[arg-type]  # any moment will do
        )
    )

    assert [one.key for one in incomplete(context)] == ["secret"]
    assert incomplete(context.by(_NO_MARGINS)) == ()
    assert "secret" not in catalogue(context.by(_NO_MARGINS))
