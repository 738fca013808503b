"""What statements may reach, and what is said about files that cannot be opened."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import StoreError
from pipelines.store import Store

_HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


def run(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.write(lambda cursor: cursor.execute(sql).fetchall())


def test_statements_reach_files_in_the_allowed_folders_only(tmp_path: Path) -> None:
    staging, outside = tmp_path / "staging", tmp_path / "outside"
    staging.mkdir()
    outside.mkdir()
    (staging / "a.csv").write_text("n\n7\n")
    (outside / "a.csv").write_text("n\n7\n")
    (staging / "link.csv").symlink_to(outside / "a.csv")

    with Store.open(tmp_path / "cap90.duckdb", allowed=(staging,)) as store:
        assert run(store, f"select n from read_csv('{staging}/a.csv')") == [(7,)]
        for forbidden in (
            f"select * from read_csv('{outside}/a.csv')",
            f"select * from read_csv('{staging}/../outside/a.csv')",
            f"select * from read_csv('{staging}/link.csv')",
            f"copy (select 1) to '{outside}/b.csv'",
            f"attach '{outside}/other.duckdb'",
            "install httpfs",
            "set threads = 1",
            "set enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                run(store, forbidden)

    assert not (outside / "b.csv").exists()


def test_a_folder_whose_name_only_begins_like_an_allowed_one_stays_closed(tmp_path: Path) -> None:
    allowed, alike = tmp_path / "staging", tmp_path / "staging-old"
    allowed.mkdir()
    alike.mkdir()
    (alike / "a.csv").write_text("n\n7\n")

    with (
        Store.in_memory(allowed=(allowed,)) as store,
        pytest.raises(duckdb.Error),
    ):
        run(store, f"select * from read_csv('{alike}/a.csv')")


def test_local_python_variables_are_not_tables() -> None:
    people = [{"name": "Anne"}]

    with Store.in_memory() as store, pytest.raises(duckdb.CatalogException):
        store.read(lambda cursor: (people, cursor.execute("select * from people_here").fetchall()))


def test_a_workspace_that_another_process_holds_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"

        with pytest.raises(StoreError) as refusal:
            Store.open(path)

        assert holder.stdin
        holder.stdin.close()  # it ends

    (problem,) = refusal.value.problems
    assert str(problem.what) == "The workspace is in use: Cap 90 has it open already."
    assert problem.where == str(path)
    assert problem.hint


def test_a_workspace_that_this_process_holds_is_refused_too_and_stays_usable(
    tmp_path: Path,
) -> None:
    path = tmp_path / "cap90.duckdb"
    with Store.open(path) as first:
        with pytest.raises(StoreError, match="in use"):
            Store.open(path)

        assert run(first, "select 1") == [(1,)]


@pytest.mark.parametrize("content", [b"", b"not a database", b"x" * 20_000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "cap90.duckdb"
    path.write_bytes(content)

    with pytest.raises(StoreError, match="not a Cap 90 database"):
        Store.open(path)

    assert path.read_bytes() == content


def test_a_missing_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "nowhere" / "cap90.duckdb")
