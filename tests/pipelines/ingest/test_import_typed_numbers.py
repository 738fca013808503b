from datetime import date

from pipelines.context import Context
from tests.builders.imports import codes, contents, import_text, rows


def test_numbers_that_people_type_come_in_as_a_file(company: Context) -> None:
    text = (
        "kpi,start,value,owner,aggregate\nvisits,2026-03-02,12,,sum\nvisits,2026-03-09,9,Ann,sum\n"
    )

    report = import_text(company, text, entity="kpi_entries")

    assert (report.entity, report.rows_read, report.added) == ("kpi_entries", 2, 2)
    assert codes(report)["new_kpi"] == 1
    assert rows(
        company, "select kpi, grain, start, owner, value, file_line from kpi_entries order by 3"
    ) == [
        ("visits", "week", date(2026, 3, 2), "", 12.0, 2),
        ("visits", "week", date(2026, 3, 9), "Ann", 9.0, 3),
    ]
    before = contents(company)
    assert import_text(company, text, entity="kpi_entries").unchanged == 2
    assert contents(company) == before


def test_a_number_that_cannot_be_is_set_aside_with_the_others_kept(company: Context) -> None:
    report = import_text(
        company,
        "kpi,start,value\nvisits,2026-03-02,12\nvisits,2026-03-09,many\nvisits,2026-03-16,\n",
    )

    assert (report.rows_read, report.added, report.rejected) == (3, 1, 2)
    assert rows(company, "select file_line, code from import_rejects order by 1") == [
        (3, "bad_number"),
        (4, "no_number"),
    ]
