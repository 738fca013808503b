"""Files that are not tables: a sentence that helps, and nothing left behind."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.errors import ImportRefused
from pipelines.ingest.reading import Limits, read_table
from pipelines.ingest.reading.parsing import parse
from tests.builders.exports import bytes_file, text_file


def archive(folder: Path) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("deals.csv", "id,name\n1,a\n")
    return path


def damaged(folder: Path) -> Path:
    with xlsxwriter.Workbook(str(folder / "whole.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["id", "name"])
    whole = (folder / "whole.xlsx").read_bytes()
    return bytes_file(folder, whole[: len(whole) // 2], name="export.xlsx")


def cover_only(folder: Path) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "Quarterly export")
    return path


def with_content(content: bytes) -> Callable[[Path], Path]:
    return lambda folder: bytes_file(folder, content)


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing": (with_content(b""), "empty"),
    "blank lines": (with_content(b"\n \n\r\n"), "empty"),
    "a mark only": (with_content(b"\xef\xbb\xbf"), "empty"),
    "headers only": (with_content(b"id,name,stage\n"), "no rows"),
    "headers and a total": (with_content(b"id,name,stage\nTotal,,\n"), "no rows"),
    "garbage": (with_content(bytes(range(256)) * 40), "binary"),
    "compressed": (with_content(gzip.compress(b"id,name\n1,a\n" * 999)), "binary"),
    "a PDF": (with_content(b"%PDF-1.7\n1 0 obj\n"), "PDF"),
    "an old workbook": (with_content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "XLS"),
    "a web page": (with_content(b"<html><table><tr><td>id</td></tr></table>"), "web page"),
    "an archive": (archive, "archive"),
    "a damaged workbook": (damaged, "damaged"),
    "a cover": (cover_only, "No sheet"),
    "too many columns": (with_content(b",".join([b"c"] * 1200) + b"\n" + b"," * 1199), "1200"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_a_table_is_refused_with_what_to_do(tmp_path: Path, case: str) -> None:
    make, words = REFUSED[case]

    with pytest.raises(ImportRefused, match=words) as refusal:
        parse(make(tmp_path), None, None)

    assert all(problem.hint is not None and problem.where for problem in refusal.value.problems)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    staging = tmp_path / "staging"

    with pytest.raises(ImportRefused, match="no such file"):
        read_table(tmp_path / "nowhere.csv", staging=staging)
    with pytest.raises(ImportRefused, match="folder"):
        read_table(tmp_path, staging=staging)


@pytest.mark.parametrize("mark", ["", ";;", '"', "\n", "é"])
def test_a_delimiter_must_be_one_plain_character(tmp_path: Path, mark: str) -> None:
    path = text_file(tmp_path, "id,name\n1,a\n")

    with pytest.raises(ImportRefused, match="cannot separate cells"):
        read_table(path, delimiter=mark, staging=tmp_path / "staging")


def test_a_file_larger_than_allowed_is_refused_unread(tmp_path: Path) -> None:
    path = text_file(tmp_path, "id,name\n" + "1,a\n" * 600_000)

    with pytest.raises(ImportRefused, match="larger than 1 MB"):
        read_table(path, staging=tmp_path / "staging", limits=Limits(size=1 << 20))


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.ingest.reading.spreadsheet._MAX_UNPACKED", 1 << 20)
    path = tmp_path / "export.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", b"<" * (2 << 20))
    assert path.stat().st_size < 1 << 14

    with pytest.raises(ImportRefused, match="too large once unpacked"):
        parse(path, None, None)


def test_a_workbook_of_ten_thousand_files_is_none(tmp_path: Path) -> None:
    path = tmp_path / "export.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("xl/workbook.xml", "")
        for number in range(10_000):
            target.writestr(str(number), "")

    with pytest.raises(ImportRefused, match="too large once unpacked"):
        parse(path, None, None)
