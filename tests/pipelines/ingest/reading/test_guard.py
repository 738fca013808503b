"""A foreign file is parsed in a process of its own, which may fail without harm."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.errors import ImportRefused
from pipelines.ingest.reading import Limits, read_table
from tests.builders.exports import lines_of, rows_of, text_file, workbook


def test_a_table_comes_back_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    path = text_file(tmp_path, '\ufeffid;propriétaire;id\n1;Éloïse;x\n\n2;"a\nb";y\n3;z\n')

    table = read_table(path, staging=staging)

    assert table.headers == ("id", "propriétaire", "id")
    assert table.columns == ("id", "propriétaire", "id_2")
    assert rows_of(table.frame) == [("1", "Éloïse", "x"), ("2", "a\nb", "y")]
    assert lines_of(table.frame) == [2, 4]
    assert [(one.line, one.code, one.content) for one in table.rejects] == [
        (3, "not_a_row", ""),
        (6, "ragged", "3;z"),
    ]
    assert table.rows_read == 4
    assert (table.delimiter, table.encoding, table.sheet) == (";", "utf-8", None)
    assert list(staging.iterdir()) == []


def test_a_workbook_comes_back_with_its_native_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path, ("Deals", [["id", "amount"], ["a", 1.5], ["b", 2.25]]))

    table = read_table(path, staging=tmp_path / "staging")

    assert rows_of(table.frame) == [("a", "1.5"), ("b", "2.25")]
    assert table.native == {"amount"}
    assert (table.delimiter, table.encoding, table.sheet) == (None, None, "Deals")


def test_a_refusal_arrives_in_full(tmp_path: Path) -> None:
    path = text_file(tmp_path, "id,name\n", name="déjà vu.csv")

    with pytest.raises(ImportRefused) as refusal:
        read_table(path, staging=tmp_path / "staging")

    (problem,) = refusal.value.problems
    assert str(problem.what) == "The file has headers but no rows."
    assert problem.where == "déjà vu.csv"
    assert "Check the filter" in str(problem.hint)
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.parametrize("cell", ["XFD1048576", "XFD20000"])
def test_one_cell_far_away_is_refused_and_nobody_falls(tmp_path: Path, cell: str) -> None:
    # The parser allots the whole rectangle up to the cell: half a terabyte for the last one.
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "id")
        sheet.write(cell, "x")
    assert path.stat().st_size < 10_000

    with pytest.raises(ImportRefused) as refusal:
        read_table(path, staging=tmp_path / "staging", limits=Limits(memory=1 << 30))

    assert refusal.value.problems[0].where == "far.xlsx"
    assert list((tmp_path / "staging").iterdir()) == []


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="more than 0"):
        read_table(
            text_file(tmp_path, "id,name\n1,a\n"),
            staging=tmp_path / "staging",
            limits=Limits(seconds=0),
        )


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see memory")
def test_reading_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = text_file(tmp_path, "id,name\n" + "1,abcdefghijklmnop\n" * 400_000)

    with pytest.raises(ImportRefused, match="more memory"):
        read_table(path, staging=tmp_path / "staging", limits=Limits(memory=16 << 20))


def test_several_threads_read_at_once(tmp_path: Path) -> None:
    # As under a server, where every page has its own thread.
    paths = [
        text_file(tmp_path, f"id,name\n{number},a\n", name=f"{number}.csv") for number in range(3)
    ]

    with ThreadPoolExecutor(3) as threads:
        tables = list(
            threads.map(lambda path: read_table(path, staging=tmp_path / "staging"), paths)
        )

    assert [rows_of(table.frame) for table in tables] == [[(str(n), "a")] for n in range(3)]


def test_the_working_folder_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_file(tmp_path, "id,name\n1,a\n")
    (tmp_path / "polars.py").write_text("raise SystemExit", "utf-8")  # would be imported
    monkeypatch.chdir(tmp_path)

    table = read_table(Path("export.csv"), staging=Path("staging"))

    assert rows_of(table.frame) == [("1", "a")]
    assert Path.cwd() == Path(os.path.realpath(tmp_path))
