"""The tables of the pipeline review: the bridge, its deals, and what stands still."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.navigation import Place
from dashboard.rhythm.actions import add_action
from dashboard.spreadsheets import Ending, Kind, written
from pipelines.context import Context
from pipelines.errors import AccessRefused
from pipelines.funnel import pipeline_review
from tests.builders.pages import all_given, open_page, showing
from tests.builders.pipeline import followed, put_off_and_won, seen
from tests.builders.tables import column, table
from tests.builders.warehouse import imported, meeting, warehouse_with

ZOE = Visitor("Zoé", Role.SALESPERSON, names=frozenset({"Zoé"}))
#: What a spreadsheet would run.
FORMULA = '=HYPERLINK("http://x.example","Doors")'


@pytest.fixture
def company() -> Iterator[Context]:
    context = warehouse_with(
        *put_off_and_won(),
        *followed(
            FORMULA,
            seen("2026-10-12", 30_000),
            seen("2026-11-16", 31_500, expected_close_on="2026-11-10"),
            owner="Zoé",
            created_on="2026-09-01",
        ),
        meeting("2026-11-20", "planned", deal="Hall"),
        today=date(2026, 11, 16),
        currency="CAD",
    )
    with showing(context):
        yield context
    context.close()


@pytest.mark.usefixtures("company")
def test_the_lines_of_the_bridge_lead_from_one_pipeline_to_the_other() -> None:
    sheet = table("pipeline_bridge")

    assert column(sheet, "Line") == ["Open pipeline", "Grown", "Put off", "Won", "Open pipeline"]
    assert column(sheet, "Day") == [date(2026, 10, 12), None, None, None, date(2026, 11, 16)]
    assert column(sheet, "Deals") == [3, 1, 1, 1, 2]
    assert column(sheet, "Open amount, CAD") == [115_000, None, None, None, 111_500]
    assert column(sheet, "Adds to the pipeline, CAD") == [None, 1_500, 0, -5_000, None]


@pytest.mark.usefixtures("company")
def test_the_deals_that_moved_add_up_to_the_lines() -> None:
    sheet = table("pipeline_moved", "fr_CA")

    names = column(sheet, "Opportunité")
    assert names == [FORMULA, "Hall", "Desk"]
    assert column(sheet, "Mouvement") == ["Montant en hausse", "Reportées", "Gagnées"]
    assert column(sheet, "Fermeture prévue avant") == [None, date(2026, 11, 2), None]
    assert column(sheet, "Montant avant") == [30_000, 80_000, 5_000]
    added = [Decimal(str(one)) for one in column(sheet, "Ajoute au pipeline, CAD")]
    assert 115_000 + sum(added) == 111_500
    assert {one.label: one.kind for one in sheet.columns}["Montant"] is Kind.MONEY


def test_more_deals_are_taken_away_than_a_page_lists(company: Context) -> None:
    on_a_page = pipeline_review(company, listed=0)

    assert [bar.listed for bar in on_a_page.bridge.bars] == [(), (), ()]
    assert len(table("pipeline_moved").rows) == sum(bar.deals for bar in on_a_page.bridge.bars)


@pytest.mark.usefixtures("company")
def test_a_deal_that_several_things_are_wrong_with_is_one_row() -> None:
    sheet = table("pipeline_worries")

    assert column(sheet, "Deal") == [FORMULA]
    assert column(sheet, "Close date in the past") == [True]
    assert column(sheet, "Without a next step in the CRM") == [True]
    assert column(sheet, "Stalled") == [False]
    assert column(sheet, "Currency") == ["CAD"]


def test_a_deal_says_what_is_under_way(company: Context) -> None:
    (late,) = pipeline_review(company).past_close.listed
    add_action(company, "Call back", "Luc", date(2026, 11, 20), deal=late.deal.key)

    (said,) = column(table("pipeline_worries"), "Under way")

    assert "Luc" in str(said)


def test_what_nobody_can_tell_of_a_deal_stays_empty() -> None:
    context = warehouse_with(
        imported("deals", "2026-11-16"),
        *followed("Hall", seen("2026-10-12", 80_000, expected_close_on="2026-11-02")),
        today=date(2026, 11, 16),
    )
    with showing(context):
        sheet = table("pipeline_worries")
    context.close()

    # no file says what is planned
    assert column(sheet, "Without a next step in the CRM") == [None]


@pytest.mark.parametrize("ending", list(Ending))
@pytest.mark.usefixtures("company")
def test_a_deal_that_is_called_like_a_formula_is_text_in_every_file(ending: Ending) -> None:
    made = written(table("pipeline_moved"), ending, "en")

    match ending:
        case Ending.CSV:
            first, *_ = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))
            assert first["Deal"] == f"'{FORMULA}"
        case Ending.EXCEL:
            with zipfile.ZipFile(io.BytesIO(made)) as book:
                page = book.read("xl/worksheets/sheet1.xml").decode()
            assert not re.search("<(?:f|hyperlink)[ >/]", page)
        case Ending.PARQUET:
            assert pl.read_parquet(made)["Deal"][0] == FORMULA


def test_a_salesperson_takes_their_own_deals_and_the_sums_of_the_company(company: Context) -> None:
    with showing(company, ZOE):
        assert set(column(table("pipeline_moved"), "Person")) == {"Zoé"}
        assert column(table("pipeline_bridge"), "Deals") == [3, 1, 1, 1, 2]
        assert [name for name in column(table("pipeline_accounts"), "Account") if name] == []
        with pytest.raises(AccessRefused):
            table("pipeline_moved", person="Marc")


@pytest.mark.usefixtures("company")
def test_the_deals_of_one_person_say_so_in_their_name() -> None:
    sheet = table("pipeline_moved", since="2026-10-12", person="Marc")

    assert sheet.title == "The deals that moved, Marc"
    assert column(sheet, "Deal") == ["Hall"]


@pytest.mark.usefixtures("company")
def test_the_page_offers_its_tables_in_one_place() -> None:
    page = open_page(Place.PIPELINE, lang="en")

    assert not page.exception
    (files,) = all_given(page, "files")
    assert [line["label"] for line in files["lines"]] == [
        "What moved in the pipeline",
        "The deals that moved",
        "Open deals to look after",
        "The largest accounts of the pipeline",
        "Win rate by person and stage",
    ]
    assert [link["name"] for link in files["lines"][0]["links"]] == ["CSV", "Excel", "Parquet"]
