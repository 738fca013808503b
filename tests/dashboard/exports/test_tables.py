"""What stands in the tables that people take away."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard import data, session
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.exports import CLOSED_QUARTER, TABLES, Said
from dashboard.exports import kpis as kpi_tables
from dashboard.spreadsheets import Kind
from dashboard.text import LANGUAGES, Language
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from pipelines.kpis.definition import Aggregate, Better, Unit
from pipelines.kpis.definition import Kind as KpiKind
from pipelines.kpis.entries import EntryRow, add_entry
from pipelines.kpis.hand_kept import HandKept, create_hand_kept
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders import by_hand
from tests.builders.meetings import steering
from tests.builders.office import DECIDED, Office, open_office
from tests.builders.pages import OWNER, showing
from tests.builders.sample import sample_context
from tests.builders.tables import column, table

TODAY = date(2026, 11, 16)
ZOE = Visitor("Zoé Côté", Role.SALESPERSON, names=frozenset({"Zoé Côté"}))
WON = {"kpi": "sales_won", "period": "2026-Q3", "grain": "quarter"}


@pytest.fixture
def sample() -> Iterator[Context]:
    with showing(sample_context()) as context:
        yield context


@pytest.mark.usefixtures("sample")
def test_the_rows_behind_a_number_add_up_to_it() -> None:
    sheet = table("rows", **WON)

    won = [
        deal.amount
        for deal in by_hand.deals().values()
        if deal.won and "2026-07" <= deal.closing.isoformat()[:7] <= "2026-09"
    ]
    amounts = column(sheet, "Amount")
    assert len(amounts) == len(won)
    assert sum(Decimal(str(one)) for one in amounts) == sum(won)
    kinds = {one.label: one.kind for one in sheet.columns}
    assert (kinds["Amount"], kinds["Closed"], kinds["Customer"]) == (
        Kind.MONEY,
        Kind.DATE,
        Kind.TEXT,
    )


@pytest.mark.usefixtures("sample")
def test_more_rows_than_a_spreadsheet_holds_are_left_out_and_the_name_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kpi_tables, "MOST_ROWS", 5)

    sheet = table("rows", "fr", **WON)

    assert len(sheet.rows) == 5
    assert sheet.title.endswith("les 5 premières lignes")
    name = TABLES["rows"].file_name(Said("fr", WON), "csv")
    assert name == "ventes-signées-t3-2026-lignes-les-5-premières-lignes-2026-11-16.csv"


@pytest.mark.usefixtures("sample")
def test_a_series_is_what_its_page_shows() -> None:
    sheet = table("series", **WON)

    points = data.kpis.kpi("sales_won", Grain.QUARTER).judged.points
    assert column(sheet, "Actual") == [one.point.value for one in points]
    assert column(sheet, "First day") == [one.point.period.start for one in points]
    assert column(sheet, "Still running")[-1] is True
    assert set(column(sheet, "Currency")) == {"CAD"}


def test_a_week_of_too_few_deals_is_neither_on_target_nor_off() -> None:
    # five deals finished a week, and thirteen in the last one: ten tell a win rate
    context = steering([4] * 12 + [12])
    set_target(context, TargetRequest("win_rate", 0.5, date(2026, 1, 1)))
    with showing(context, OWNER):
        series = table("series", kpi="win_rate", grain="week")
        weeks = [table("scorecard", week=week) for week in ("2026-W45", "2026-W46")]

    flags = dict(zip(column(series, "First day"), column(series, "On target"), strict=True))
    assert (flags[date(2026, 11, 2)], flags[date(2026, 11, 9)]) == (None, True)
    rates = [column(week, "On target")[column(week, "KPI").index("Win rate")] for week in weeks]
    assert rates == [None, True]


@pytest.mark.usefixtures("sample")
def test_a_series_by_person_adds_up_to_that_of_the_company() -> None:
    quarter = date(2026, 7, 1)
    by_person = table("series_by_person", **WON)
    starts, values = column(by_person, "First day"), column(by_person, "Actual")

    whole = data.kpis.kpi("sales_won", Grain.QUARTER).judged.points
    (company,) = [one.point.value for one in whole if one.point.period.start == quarter]
    theirs = [
        float(value)  # type: ignore[arg-type]  # numbers
        for start, value in zip(starts, values, strict=True)
        if start == quarter and value is not None
    ]
    assert len(theirs) > 3
    assert sum(theirs) == pytest.approx(company)


def test_a_kpi_that_somebody_may_not_see_is_no_table(sample: Context) -> None:
    session.use(sample, lambda: ZOE)

    for name in ("series", "series_by_person", "rows"):
        with pytest.raises(Refused):
            table(name, kpi="gross_margin", grain="week", period="2026-W46")


def test_a_table_for_which_somebody_has_no_right_is_refused_also_without_a_link(
    sample: Context,
) -> None:
    session.use(sample, lambda: ZOE)

    with pytest.raises(AccessRefused):
        table("rejects", **{"import": "1"})
    with pytest.raises(AccessRefused):
        table("accounts")
    with pytest.raises(AccessRefused):
        table("own_targets", person="Marc-André Bélanger", plan="1")


def test_a_salesperson_takes_their_own_actions_and_targets(sample: Context) -> None:
    session.use(sample, lambda: ZOE)

    assert set(column(table("actions"), "Responsible")) == {"Zoé Côté"}
    assert set(column(table("targets"), "For whom")) <= {"The company", "Zoé Côté"}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_as_many_cells_as_there_are_columns(language: Language) -> None:
    asked = {
        "series": WON,
        "series_by_person": WON,
        "rows": WON,
        "scorecard": {"week": "2026-W46"},
        "week_actions": {"week": "2026-W46"},
        "reviewed_actions": {"week": "2026-W46"},
        "plan_actions": {"plan": "1"},
        "comparison": {"first": "2026-Q2", "second": "2026-Q3"},
        "rejects": {"import": "1"},
        **{name: {"meeting": "5", "review": "quarter"} for name in CLOSED_QUARTER},
    }
    names = set(TABLES) - {"entries", "own_targets", "accounts", "people"}
    for name in sorted(names):
        sheet = table(name, language, **asked.get(name, {}))
        assert sheet.title
        assert {len(row) for row in sheet.rows} <= {len(sheet.columns)}, name
        assert len({one.label for one in sheet.columns}) == len(sheet.columns), name


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.mark.usefixtures("office")
def test_the_decisions_of_closed_meetings_name_who_by_when() -> None:
    sheet = table("decisions", "fr_CA")

    assert column(sheet, "Décision") == [DECIDED]
    assert column(sheet, "Blocage") == ["Soumissions tardives"]
    assert column(sheet, "Responsable") == ["Luc Paré"]
    assert column(sheet, "Échéance") == [date(2026, 11, 20)]
    assert column(sheet, "État") == ["en cours"]


@pytest.mark.usefixtures("office")
def test_a_meeting_is_a_row_with_what_it_brought() -> None:
    sheet = table("meetings")

    assert column(sheet, "Day") == [date(2026, 11, 17)]
    assert column(sheet, "Decisions") == [1]
    assert column(sheet, "Actions") == [2]  # that of the decision, and one more
    assert column(sheet, "Minutes planned") == [30]


def test_typed_numbers_are_taken_in_their_unit(office: Office) -> None:
    kept = HandKept("visites", "Visites", KpiKind.INPUT, Unit.PERCENT, Better.UP, Aggregate.MEAN)
    create_hand_kept(office.context, kept)
    typed = EntryRow(key="visites", start=date(2026, 11, 9), grain=Grain.WEEK, value=0.25)
    add_entry(office.context, typed)

    sheet = table("entries", kpi="visites")

    assert column(sheet, "Value") == [0.25]
    assert [one.kind for one in sheet.columns if one.label == "Value"] == [Kind.PERCENT]
    assert column(sheet, "For whom") == ["The company"]


def test_people_are_listed_for_those_who_keep_the_list(office: Office) -> None:
    session.use(office.context, lambda: OWNER)

    sheet = table("people")

    assert column(sheet, "Name") == ["Louise Gagnon", "Luc Paré", "Marc Roy", "Zoé Côté"]
    assert set(column(sheet, "Still here")) == {True}
