"""A file sent to the data page is taken in, or asks and is taken in with the answers."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import data, uploads
from dashboard.components.import_page import Upload
from pipelines.context import Context
from pipelines.errors import ImportRefused
from tests.builders.pages import empty_company

#: 3/4 and 5/6 may be days and months either way.
UNDECIDED = (
    "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n"
    "1,Kitchen,Closed Won,1200.50,03/04/2026,05/06/2026\n"
)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


def sent(content: str, name: str = "deals.csv") -> Upload:
    return Upload(name, content.encode(), "view", None, None)


def left_over(company: Context) -> list[Path]:
    staging = company.workspace.staging
    return [path for path in staging.rglob("*") if path.is_file()] if staging.exists() else []


def test_an_undecided_file_asks_and_is_taken_in_with_the_answer(company: Context) -> None:
    pending = uploads.take_in(sent(UNDECIDED))
    assert isinstance(pending, uploads.Pending)
    assert data.imports.imports() == ()
    keys = {question.mapping_key for question in pending.report.questions}
    assert keys == {"date_format"}

    report = uploads.answer(pending, {"date_format": "DD/MM/YYYY"})

    assert not isinstance(report, uploads.Pending)
    assert (report.file, report.added) == ("deals.csv", 1)
    assert [one.file_name for one in data.imports.imports()] == ["deals.csv"]
    assert left_over(company) == []


def test_a_file_nobody_recognises_is_refused_and_leaves_nothing(company: Context) -> None:
    with pytest.raises(ImportRefused):
        uploads.take_in(sent("colour,shape\nred,round\n"))

    assert left_over(company) == []
    assert data.imports.imports() == ()


def test_a_path_in_the_name_of_a_file_leads_nowhere(company: Context) -> None:
    pending = uploads.take_in(sent(UNDECIDED, "../../..\\evil.csv"))

    assert isinstance(pending, uploads.Pending)
    assert pending.path.name == "evil.csv"
    assert pending.path.is_relative_to(company.workspace.staging)
    uploads.forget(pending)
    assert left_over(company) == []


def test_answers_make_a_mapping_file_whatever_they_hold() -> None:
    answers = {"date_format": "DD/MM/YYYY", 'stages."Terminé"': "won", "tax": '13" %\\'}

    mapping = tomllib.loads(uploads.mapping_text(answers))

    assert mapping == {
        "date_format": "DD/MM/YYYY",
        "stages": {"Terminé": "won"},
        "tax": '13" %\\',
    }
