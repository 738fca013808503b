"""Real exports against counts made with nothing but the csv module."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.context import Context
from pipelines.ingest import ImportReport, ImportRequest, import_file
from tests.builders.imports import codes, rows, shared, workspace

ENDED = {"won", "lost"}


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    """A workspace on a day after everything in the files."""
    monkeypatch.setenv("CAP90_TODAY", "2026-03-20")
    with workspace(tmp_path) as context:
        yield context


def read(name: str) -> list[dict[str, str]]:
    with shared(name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def taken(company: Context, name: str) -> ImportReport:
    report = import_file(company, shared(name), ImportRequest())
    assert report.questions == ()
    assert report.rows_read == report.added + report.changed + report.unchanged + report.rejected
    return report


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def by_quarter(company: Context) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Return number and amount of deals by status and quarter of their closing."""
    found: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for status, day, amount in rows(
        company, "select status, closed_on, amount from deals where closed_on is not null"
    ):
        found[status, quarter(day)].append(amount or Decimal(0))
    return {key: (len(amounts), sum(amounts, Decimal(0))) for key, amounts in found.items()}


def counted(
    lines: list[dict[str, str]], stage: str, closed: str, amount: str | None, form: str = "%Y-%m-%d"
) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Return the same, counted by hand."""
    found: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for line in lines:
        word = line[stage].lower().split()[-1]
        if word in ENDED:
            day = datetime.strptime(line[closed], form).date()  # noqa: DTZ007 - a day has no zone
            found[word, quarter(day)].append(Decimal(line[amount] or 0) if amount else Decimal(0))
    return {key: (len(amounts), sum(amounts, Decimal(0))) for key, amounts in found.items()}


def test_the_pipeline_of_maven_needs_no_mapping_and_loses_no_row(later: Context) -> None:
    name = "maven_crm_opportunities/sales_pipeline.csv"

    report = taken(later, name)

    assert (report.rows_read, report.added, report.rejected) == (8800, 8800, 0)
    assert by_quarter(later) == counted(read(name), "deal_stage", "close_date", "close_value")
    assert dict(rows(later, "select status, count(*) from deals group by 1")) == {
        "won": 4238,
        "lost": 2473,
        "open": 2089,
    }
    assert rows(later, "select count(created_on), count(distinct owner) from deals") == [(0, 30)]


def test_the_same_pipeline_as_a_workbook_gives_the_same_rows(later: Context) -> None:
    taken(later, "maven_crm_opportunities/sales_pipeline.csv")
    columns = "external_id, account, owner, stage, status, amount, expected_close_on, closed_on"
    from_text = rows(later, f"select {columns} from deals order by 1")

    workbook = taken(later, "maven_crm_opportunities/sales_pipeline.xlsx")

    assert rows(later, f"select {columns} from deals order by 1") == from_text
    assert (workbook.changed, workbook.added) == (0, 0)


@pytest.mark.parametrize(
    ("name", "stage", "closed", "amount", "form"),
    [
        ("hubspot/hubspot_deals.csv", "Deal Stage", "Close Date", "Amount", "%Y-%m-%d"),
        ("hubspot/hubspot_deals_minimal.csv", "Deal Stage", "Close Date", "Amount", "%Y-%m-%d"),
        ("hubspot/deals_lowercase_headers.csv", "dealstage", "close date", None, "%m-%d-%Y"),
        ("salesforce/Opportunity.csv", "StageName", "CloseDate", "Amount", "%Y-%m-%d"),
        (
            "salesforce/salesforce_opportunities_us_dates.csv",
            "stage",
            "close_date",
            "amount",
            "%m/%d/%Y",
        ),
        ("generic_en/closed_deals.csv", "stage", "close_date", "deal_value_usd", "%Y-%m-%d"),
        ("generic_en/opportunities_revops.csv", "stage", "close_date", "amount", "%Y-%m-%d"),
        ("generic_en/deals_missing_amounts.csv", "stage", "close_date", "amount", "%Y-%m-%d"),
    ],
)
def test_won_and_lost_by_quarter_are_what_the_file_says(
    later: Context, *, name: str, stage: str, closed: str, amount: str | None, form: str
) -> None:
    report = taken(later, name)

    lines = read(name)
    assert (report.rows_read, report.added, report.rejected) == (len(lines), len(lines), 0)
    assert by_quarter(later) == counted(lines, stage, closed, amount, form)


def test_timestamps_in_utc_belong_to_the_day_at_the_company(later: Context) -> None:
    report = taken(later, "salesforce/opportunities_utc_timestamps.csv")

    assert report.added == 10
    assert rows(
        later,
        "select created_on, status, expected_close_on from deals where name = 'Acme Corp Deal'",
    ) == [(date(2023, 9, 21), "open", date(2023, 12, 31))]


def test_the_activities_of_hubspot_by_kind_outcome_and_week(later: Context) -> None:
    name = "hubspot/hubspot_activities.csv"
    report = taken(later, name)
    lines = read(name)

    kinds = Counter(line["Activity Type"].lower() for line in lines)
    assert report.rejected == kinds.pop("note") == 403
    assert dict(rows(later, "select kind, count(*) from activities group by 1")) == kinds

    meetings = [line for line in lines if line["Activity Type"] == "Meeting"]
    words = {
        "Completed": "done",
        "": None,  # no word: nobody knows
        "No Show": "no_show",
        "Cancelled": "cancelled",
        "Rescheduled": "cancelled",
        "Scheduled": "planned",
    }
    weeks: Counter[tuple[str | None, int, int]] = Counter()
    for line in meetings:
        day = date.fromisoformat(line["Activity Date"]).isocalendar()
        weeks[words[line["Meeting Outcome"]], day.year, day.week] += 1
    assert {
        (outcome, year, week): count
        for outcome, year, week, count in rows(
            later,
            "select outcome, isoyear(planned_on), week(planned_on), count(*) from activities "
            "where kind = 'meeting' group by all",
        )
    } == weeks
    assert dict(
        rows(
            later,
            "select outcome_evidence, count(*) from activities where kind = 'meeting' group by 1",
        )
    ) == {"exported": 346, None: 66}


def test_the_events_of_salesforce_are_assumed_held_on_their_day(later: Context) -> None:
    name = "salesforce/Event.csv"
    report = taken(later, name)

    days = Counter(line["ActivityDate"] for line in read(name))
    assert codes(report)["held_assumed"] == report.added == 7823
    assert {
        str(day): count
        for day, count in rows(
            later,
            "select done_on, count(*) from activities where kind = 'meeting' and outcome = 'done' "
            "and outcome_evidence = 'assumed' group by 1",
        )
    } == days


def test_the_tasks_of_salesforce_by_subtype_and_status(later: Context) -> None:
    name = "salesforce/Task.csv"
    taken(later, name)

    expected = Counter(
        (line["TaskSubtype"].lower(), "done" if line["Status"] == "Completed" else "planned")
        for line in read(name)
    )
    assert {
        (kind, outcome): count
        for kind, outcome, count in rows(
            later, "select kind, outcome, count(*) from activities group by all"
        )
    } == expected


def test_the_history_of_salesforce_counts_a_stage_each_time_it_is_entered(later: Context) -> None:
    name = "salesforce/OpportunityHistory.csv"
    report = taken(later, name)

    histories: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for number, line in enumerate(read(name)):
        histories[line["Opportunity.External_Id__c"]].append(
            (line["CreatedDate__c"], number, line["StageName__c"])
        )
    entered: Counter[str] = Counter()
    for history in histories.values():
        before = None
        for _, _, stage in sorted(history):
            entered[stage] += stage != before
            before = stage
    assert dict(rows(later, "select stage, count(*) from stage_entries group by 1")) == entered
    assert rows(later, "select count(*) from stage_entries where milestone = 'proposal'") == [
        (entered["Proposal/Quote"],)
    ]
    assert report.rejected == 17502 - sum(entered.values())


def test_unreadable_amounts_of_a_messy_spanish_list_are_set_aside(later: Context) -> None:
    name = "generic_es/opportunities.csv"
    report = taken(later, name)

    bad = [line for line in read(name) if line["estimated_value"].endswith("x")]
    assert (report.rows_read, report.rejected) == (500, len(bad))
    won = sum(
        "won" in line["stage"].lower()
        for line in read(name)
        if not line["estimated_value"].endswith("x")
    )
    assert rows(later, "select count(*) from deals where status = 'won'") == [(won,)]


def test_orders_with_and_without_tax_are_counted_without(later: Context) -> None:
    name = "generic_fr/ventes_ht_ttc.csv"
    report = taken(later, name)

    assert (report.entity, report.added, report.rejected) == ("invoices", 15, 0)
    assert rows(later, "select sum(revenue) from invoices") == [
        (sum(Decimal(line["Montant_HT"]) for line in read(name)),)
    ]


def test_small_files_of_a_russian_crm_come_in_with_their_faults_told(later: Context) -> None:
    deals = taken(later, "bitrix24/deals.csv")
    activities = taken(later, "bitrix24/activities.csv")
    stages = taken(later, "bitrix24/stage_history.csv")

    assert (deals.added, deals.rejected) == (11, 1)
    assert rows(later, "select amount from deals where external_id = 'D1008'") == [
        (Decimal(69000),)
    ]
    assert codes(deals)["closed_without_date"] == 1
    assert rows(later, "select kind, outcome from activities order by external_id") == [
        ("call", "done"),
        ("email", "done"),
        ("task", "planned"),
        ("call", "done"),
    ]
    assert (activities.added, stages.added, stages.rejected) == (4, 5, 0)
    assert stages.unchanged == 1  # one line stands there twice


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("dynamics365/opportunities.csv", 'stages.""'),
        ("marketstar/Opportunities.csv", 'stages.""'),
        ("generic_pt/oportunidades.csv", 'stages."Closed"'),
    ],
)
def test_what_a_file_leaves_open_is_asked(later: Context, name: str, key: str) -> None:
    report = import_file(later, shared(name), ImportRequest())

    assert [question.mapping_key for question in report.questions] == [key]
    assert rows(later, "select count(*) from imports") == [(0,)]


def test_a_list_of_demonstrations_shows_who_did_not_come(later: Context, tmp_path: Path) -> None:
    name = "generic_en/demo_requests_no_show.csv"
    mapping = tmp_path / "demos.toml"
    mapping.write_text(
        'entity = "activities"\n[columns]\nexternal_id = "demo_id"\nplanned_on = "requested_at"\n'
        'scheduled = "scheduled"\nattended = "showed_up"\nowner = "owner"\n',
        encoding="utf-8",
    )

    report = import_file(later, shared(name), ImportRequest(mapping=mapping))

    assert (report.added, report.rejected) == (135, 45)
    assert dict(rows(later, "select outcome, count(*) from activities group by 1")) == {
        "done": 117,
        "no_show": 18,
    }
