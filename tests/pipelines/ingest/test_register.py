from datetime import date

import pytest

from pipelines.context import Context
from pipelines.ingest import freshness, imports_list, rejects
from tests.builders.imports import import_text


def test_imports_are_listed_newest_first(company: Context) -> None:
    import_text(company, "deal_id,stage,amount\n1,Won,10\n2,Won,1o\n", name="first.csv")
    import_text(company, "deal_id,stage,amount\n1,Won,11\n", name="second.csv", coverage="full")

    second, first = imports_list(company.store)

    assert (second.file_name, second.coverage, second.changed) == ("second.csv", "full", 1)
    assert (first.file_name, first.source, first.entity) == ("first.csv", "generic", "deals")
    assert (first.rows_read, first.added, first.rejected) == (2, 1, 1)
    assert first.as_of == date(2026, 3, 20)


def test_rows_that_were_set_aside_are_shown_with_their_reason(company: Context) -> None:
    report = import_text(company, "deal_id,stage,amount\n1,Won,10\n2,Won,1o\n")
    assert report.import_id is not None

    (reject,) = rejects(company.store, report.import_id)

    assert (reject.line, reject.column, reject.content) == (3, "amount", "1o")
    assert str(reject.reason) == "This cell is not a number."


@pytest.mark.parametrize("order", [("a.csv", "d.csv"), ("d.csv", "a.csv")])
def test_files_of_one_day_are_listed_alike_in_whichever_order_they_came(
    company: Context, order: tuple[str, str]
) -> None:
    files = {
        "a.csv": "activity id,type,date,owner\n1,Call,2026-03-18,Ann\n",
        "d.csv": "deal_id,stage,amount,created_date,close_date\n1,Lead,10,2026-03-05,\n",
    }
    for name in order:
        import_text(company, files[name], name=name)

    found = [line.file_name for line in freshness(company.store, company.today())]

    assert found == ["a.csv", "d.csv"]


def test_freshness_is_the_newest_file_of_each_kind_and_the_newest_thing_that_happened(
    company: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = "deal_id,stage,amount,created_date,close_date\n"
    import_text(company, header + "1,Lead,10,2026-03-05,2026-09-01\n", name="old.csv")
    import_text(
        company,
        "activity id,type,date,owner\n1,Call,2026-03-18,Ann\n2,Call,2026-04-18,Ann\n",
        name="a.csv",
    )
    monkeypatch.setenv("CAP90_TODAY", "2026-03-27")
    import_text(company, header + "1,Lead,11,2026-03-05,2026-09-01\n", name="new.csv")

    lines = {line.entity: line for line in freshness(company.store, date(2026, 3, 27))}

    assert lines["deals"].file_name == "new.csv"
    assert lines["deals"].newest_event == date(2026, 3, 5)  # September is a hope
    assert lines["activities"].newest_event == date(2026, 3, 18)
    earlier = {line.entity: line for line in freshness(company.store, date(2026, 3, 20))}
    assert earlier["deals"].file_name == "old.csv"
