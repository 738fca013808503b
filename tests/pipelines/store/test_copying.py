"""A copy of the database is whole, or there is none."""

import shutil
from pathlib import Path

import pytest

from pipelines.store import Cursor, Store
from pipelines.store.copying import look_through

LOG = "cap90.duckdb.wal"


def write(cursor: Cursor) -> None:
    cursor.execute("insert into distinct_people select range::text, 'Anna' from range(2000)")


@pytest.mark.parametrize("part", [0.001, 0.5, 0.999])
def test_what_a_kill_left_of_the_first_write_does_not_keep_the_database_from_being_copied(
    tmp_path: Path, part: float
) -> None:
    living, killed = tmp_path / "living", tmp_path / "killed"
    living.mkdir()
    with Store.open(living / "cap90.duckdb") as store:
        store.copy_to(living / "before.duckdb")  # so that the log holds the next write alone
        before = look_through(living / "before.duckdb")
        store.write(write)
        shutil.copytree(living, killed)
    log = (killed / LOG).read_bytes()
    (killed / LOG).write_bytes(log[: int(len(log) * part)])

    with Store.open(killed / "cap90.duckdb") as store:
        held = store.copy_to(killed / "copy.duckdb")

    assert held == before
    assert look_through(killed / "copy.duckdb") == before
