"""A checkpoint that was not finished has not happened, whatever it had written already."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import StoreError, WorkspaceInUse
from pipelines.store import Cursor, Store
from pipelines.store.undo import Undo, undo_file

PAGE = 4096
HEADERS = 3 * PAGE
BLOCK = 64 * PAGE


@dataclass(frozen=True)
class Files:
    """A database with what lies beside it, as they were at one moment."""

    database: bytes
    log: bytes
    undo: bytes

    def put(self, path: Path) -> Path:
        path.write_bytes(self.database)
        path.with_name(f"{path.name}.wal").write_bytes(self.log)
        undo_file(path).write_bytes(self.undo)
        return path


def taken(path: Path) -> Files:
    log = path.with_name(f"{path.name}.wal")
    return Files(
        path.read_bytes(), log.read_bytes() if log.exists() else b"", undo_file(path).read_bytes()
    )


def add(name: str) -> Callable[[Cursor], None]:
    return lambda cursor: run(cursor, f"insert into distinct_people values ('{name}', '')")


def run(cursor: Cursor, sql: str) -> None:
    cursor.execute(sql)


def names(store: Store) -> list[str]:
    sql = "select name from distinct_people order by name"
    return [name for (name,) in store.read(lambda c: c.execute(sql).fetchall())]


@pytest.fixture
def around(tmp_path: Path) -> tuple[Files, Files]:
    """The same database right before and right after a checkpoint."""
    path = tmp_path / "around.duckdb"
    with Store.open(path) as store:
        for name in ("Anne", "Bruno"):
            store.write(add(name))
            store.copy_to(tmp_path / name)
        store.write(add("Chloé"))
        before = taken(path)
    after = taken(path)
    assert not after.log
    return before, after


@pytest.mark.parametrize("written", [1, 2, 5, 10])
def test_a_block_that_was_written_in_part_is_put_back(
    around: tuple[Files, Files], tmp_path: Path, written: int
) -> None:
    before, after = around
    torn = bytearray(before.database)
    torn[HEADERS : HEADERS + written * PAGE] = after.database[HEADERS : HEADERS + written * PAGE]
    path = Files(bytes(torn), before.log, before.undo).put(tmp_path / "torn.duckdb")
    with pytest.raises(duckdb.Error, match="does not match stored checksum"):
        duckdb.connect(shutil.copy(path, tmp_path / "unaided.duckdb"))

    with Store.open(path) as store:
        assert names(store) == ["Anne", "Bruno", "Chloé"]
        assert store.unreadable() == ()
        store.write(add("Denis"))
    with Store.open(path) as store:
        assert names(store) == ["Anne", "Bruno", "Chloé", "Denis"]


def test_a_checkpoint_that_had_everything_but_its_header_has_not_happened(
    around: tuple[Files, Files], tmp_path: Path
) -> None:
    before, after = around
    # it makes the file shorter only after the header
    cut = before.database[len(after.database) :]
    unfinished = before.database[:HEADERS] + after.database[HEADERS:] + cut

    with Store.open(
        Files(unfinished, before.log, before.undo).put(tmp_path / "unfinished.duckdb")
    ) as store:
        assert names(store) == ["Anne", "Bruno", "Chloé"]


def test_a_finished_checkpoint_is_not_undone(around: tuple[Files, Files], tmp_path: Path) -> None:
    before, after = around
    path = Files(after.database, b"", before.undo).put(tmp_path / "finished.duckdb")

    with Store.open(path) as store:
        assert names(store) == ["Anne", "Bruno", "Chloé"]
        assert path.read_bytes() == after.database


@pytest.mark.parametrize("left", [0, 10, 32, 5000, -1])
def test_what_was_kept_in_part_is_not_used(
    around: tuple[Files, Files], tmp_path: Path, left: int
) -> None:
    before, _ = around
    path = Files(before.database, before.log, before.undo[:left]).put(tmp_path / "half.duckdb")

    with Store.open(path) as store:
        assert names(store) == ["Anne", "Bruno", "Chloé"]
        assert undo_file(path).read_bytes() == before.undo


def test_nothing_is_put_back_while_somebody_has_the_database_open(tmp_path: Path) -> None:
    path = tmp_path / "cap90.duckdb"
    with Store.open(path) as store:
        with pytest.raises(WorkspaceInUse):
            Undo.take(path)
        store.write(add("Anne"))

    Undo.take(path).close()


def test_a_disk_that_does_not_take_what_is_kept_takes_no_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Store.open(tmp_path / "cap90.duckdb") as store:
        store.write(add("Anne"))
        with monkeypatch.context() as full:
            full.setattr(Undo, "keep", refuse)
            with pytest.raises(StoreError, match="did not take"):
                store.write(add("Bruno"))
            assert store.state == "read_only"
            assert names(store) == ["Anne"]

        store.write(add("Bruno"))
        assert names(store) == ["Anne", "Bruno"]


def test_between_two_checkpoints_nothing_else_writes_where_the_kept_blocks_are(
    tmp_path: Path,
) -> None:
    """What is put back is put back whenever the header is the same, so only a checkpoint may."""
    chance = random.Random(7)  # noqa: S311 - a test's own dice
    path = tmp_path / "cap90.duckdb"
    kinds = (
        "insert into distinct_people select 'p{n}', range::text from range(40000)",
        "insert into distinct_people select 'q{n}', range::text from range(300)",
        "delete from distinct_people where name < 'p{n}' and hash(name) % 3 = 0",
        "update distinct_people set name = name || '{n}' where name like '%7'",
        "create table t{n} as select range as i, 'text' || range as t from range(150000)",
        "create index i{n} on distinct_people (name)",
        "drop index if exists i{m}",
        "drop table if exists t{m}",
    )
    same = 0
    with Store.open(path) as store:
        for number in range(60):
            sql = chance.choice(kinds).format(n=number, m=chance.randrange(number + 1))
            store.write(lambda cursor, sql=sql: run(cursor, sql))  # type: ignore[misc]  # the loop's own
            if chance.random() < 0.2:
                store.copy_to(tmp_path / f"copy{number}")
            if chance.random() < 0.3:
                with pytest.raises(RuntimeError, match="on purpose"):
                    store.write(lambda cursor: _undone(cursor))  # noqa: PLW0108 - typed as an operation
            kept, database = undo_file(path).read_bytes()[32:], path.read_bytes()
            if kept[:HEADERS] != database[:HEADERS]:
                continue
            for start in range(HEADERS, len(kept), 8 + BLOCK):
                place = HEADERS + int.from_bytes(kept[start : start + 8], "big") * BLOCK
                assert database[place : place + BLOCK] == kept[start + 8 : start + 8 + BLOCK]
                same += 1
    assert same > 20


def _undone(cursor: Cursor) -> None:
    run(cursor, "create table gone as select range as i from range(300000)")
    raise RuntimeError("on purpose")
