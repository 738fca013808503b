"""What a second export does to what the first one said."""

from datetime import date
from decimal import Decimal

import pytest

from pipelines.context import Context
from tests.builders.imports import codes, contents, import_text, one, rows

HEADER = "deal_id,name,stage,amount,close_date\n"


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("CAP90_TODAY", day)


def test_the_same_file_twice_changes_nothing(company: Context) -> None:
    text = HEADER + "1,A,Lead,10,2026-05-01\n2,B,Won,20,2026-03-01\n2,B,Won,21,2026-03-01\n"
    first = import_text(company, text)
    before = contents(company)

    again = import_text(company, text)

    assert contents(company) == before
    assert (again.rows_read, again.added, again.changed, again.unchanged, again.rejected) == (
        3,
        0,
        0,
        2,
        1,
    )
    assert again.import_id == first.import_id


def test_another_file_with_the_same_rows_is_registered_and_changes_no_row(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,2026-05-01\n")
    deals = rows(company, "from deals")

    again = import_text(company, HEADER + '1,"A",Lead,10.00,2026-05-01\n')

    assert (again.import_id, again.unchanged) == (2, 1)
    assert rows(company, "from deals") == deals


def test_a_changed_deal_closes_its_version_and_opens_a_new_one(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(company, HEADER + "1,A,Lead,10,2026-05-01\n2,B,Lead,5,2026-05-01\n")
    on(monkeypatch, "2026-03-27")

    report = import_text(
        company, HEADER + "1,A,Proposal sent,12,2026-06-01\n2,B,Lead,5,2026-05-01\n3,C,Lead,1,\n"
    )

    assert (report.added, report.changed, report.unchanged) == (1, 1, 1)
    assert rows(
        company,
        "select external_id, valid_from, valid_to, stage, amount, expected_close_on "
        "from deal_versions order by 1, 2",
    ) == [
        ("1", date(2026, 3, 20), date(2026, 3, 27), "Lead", Decimal(10), date(2026, 5, 1)),
        ("1", date(2026, 3, 27), None, "Proposal sent", Decimal(12), date(2026, 6, 1)),
        ("2", date(2026, 3, 20), None, "Lead", Decimal(5), date(2026, 5, 1)),
        ("3", date(2026, 3, 27), None, "Lead", Decimal(1), None),
    ]
    assert rows(company, "select import_id, file_line from deals where external_id = '1'") == [
        (2, 2)
    ]


def test_two_imports_on_one_day_leave_one_version(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,2026-05-01\n")
    import_text(company, HEADER + "1,A,Lead,11,2026-05-01\n")

    assert rows(company, "select valid_from, valid_to, amount from deal_versions") == [
        (date(2026, 3, 20), None, Decimal(11))
    ]


def test_a_change_that_versions_do_not_follow_opens_none(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(company, HEADER + "1,A,Lead,10,2026-05-01\n")
    on(monkeypatch, "2026-03-27")

    report = import_text(company, HEADER + "1,Other name,Lead,10,2026-05-01\n")

    assert report.changed == 1
    assert one(company, "select count(*) from deal_versions") == 1


def test_a_file_with_fewer_columns_keeps_what_it_does_not_say(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,2026-05-01\n")

    report = import_text(company, "deal_id,stage,amount\n1,Lead,10\n")

    assert report.unchanged == 1
    assert one(company, "select name from deals") == "A"


def test_an_older_export_does_not_undo_a_newer_one(company: Context) -> None:
    header = "deal_id,stage,amount,updated_at\n"
    import_text(company, header + "1,Proposal,20,2026-03-10\n")

    report = import_text(company, header + "1,Lead,10,2026-03-01\n")

    assert report.unchanged == 1
    assert one(company, "select amount from deals") == Decimal(20)


def test_a_full_export_marks_what_is_gone_and_a_view_never_does(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n2,B,Lead,20,\n")
    one_left = HEADER + "1,A,Lead,10,\n"

    view = import_text(company, one_left)
    assert (view.unchanged, one(company, "select count(vanished_on) from deals")) == (1, 0)

    on(monkeypatch, "2026-03-27")
    full = import_text(company, one_left, coverage="full")
    assert codes(full)["vanished"] == 1
    assert rows(company, "select external_id, vanished_on from deals order by 1") == [
        ("1", None),
        ("2", date(2026, 3, 27)),
    ]

    back = import_text(company, HEADER + "1,A,Lead,10,\n2,B,Lead,20,\n", coverage="full")
    assert (back.changed, one(company, "select count(vanished_on) from deals")) == (1, 0)


def test_a_row_that_cannot_be_read_has_not_vanished(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n2,B,Lead,20,\n")

    import_text(company, HEADER + "1,A,Lead,10,\n2,B,Lead,2o,\n", coverage="full")

    assert one(company, "select count(vanished_on) from deals") == 0


def test_another_source_is_another_world(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n")

    report = import_text(
        company, "Record ID,Deal Name,Deal Stage\n1,A,Closed Won\n", coverage="full"
    )

    assert report.added == 1
    assert rows(company, "select source, vanished_on from deals order by 1") == [
        ("generic", None),
        ("hubspot", None),
    ]


def test_a_stage_that_changed_between_exports_was_entered_on_the_day_we_saw_it(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n2,B,Lead,10,\n")
    assert one(company, "select count(*) from stage_entries") == 0
    on(monkeypatch, "2026-03-27")

    import_text(company, HEADER + "1,A,Soumission envoyée,10,\n2,B,Lead,11,\n")

    assert rows(
        company, "select deal, stage, entered_on, milestone, evidence from stage_entries"
    ) == [("1", "Soumission envoyée", date(2026, 3, 27), "proposal", "inferred")]


def test_an_exported_entry_takes_the_place_of_an_inferred_one(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n")
    on(monkeypatch, "2026-03-27")
    import_text(company, HEADER + "1,A,Proposal,10,\n")

    import_text(company, "deal_id,new_stage,changed_at\n1,Lead,2026-03-01\n1,Proposal,2026-03-24\n")

    assert rows(company, "select stage, entered_on, evidence from stage_entries order by 2") == [
        ("Lead", date(2026, 3, 1), "exported"),
        ("Proposal", date(2026, 3, 24), "exported"),
    ]


def test_a_dry_run_reports_everything_and_keeps_nothing(company: Context) -> None:
    before = contents(company)

    report = import_text(company, HEADER + "1,A,Lead,10,\n", dry_run=True)

    assert (report.import_id, report.added) == (None, 1)
    assert contents(company) == before
    assert not company.workspace.imports.exists()


def test_the_original_bytes_stay_under_their_hash(company: Context) -> None:
    import_text(company, HEADER + "1,A,Lead,10,\n")

    (kept,) = company.workspace.imports.iterdir()
    assert kept.stem == one(company, "select content_hash from imports")
    assert kept.read_text(encoding="utf-8") == HEADER + "1,A,Lead,10,\n"
    assert list(company.workspace.staging.iterdir()) == []
