"""When backups are made, what is in them, and what is said when they cannot be."""

import struct
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines import backup, clock
from pipelines.backup import Why
from pipelines.backup import archive as archive_module
from pipelines.context import Context, open_context
from pipelines.errors import BackupError, StoreError
from pipelines.ingest import ImportRequest, import_file
from pipelines.store import Store, migrate
from tests.builders.backups import company, deals, deals_file, import_deals


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company(tmp_path / "erable", timezone="America/Montreal")


def named(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def reasons(context: Context) -> list[Why]:
    return [one.manifest.why for one in backup.backups(context.workspace)]


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(moment))


def test_a_backup_made_by_hand_holds_everything_and_says_so(root: Path) -> None:
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store)

    (original,) = (root / "imports").iterdir()
    assert named(made.path) == {
        "cap90.duckdb",
        "access.sqlite",
        "cap90.toml",
        "logo.svg",
        f"imports/{original.name}",
        "manifest.json",
    }
    manifest = backup.verify(made.path)
    assert manifest.company == "Érable"
    assert manifest.rows["cap90.duckdb"]["deals"] == 20
    assert manifest.rows["access.sqlite"] == {"accounts": 1, "audit": 1, "login_sessions": 1}
    assert manifest.audit is not None
    assert (manifest.audit.number, manifest.audit.hash) == (1, "abc")
    assert manifest.originals == (original.name,)


def test_nobody_else_may_read_a_backup(root: Path) -> None:
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store)

    assert made.path.stat().st_mode & 0o077 == 0


def test_an_import_is_preceded_by_a_backup_of_what_was_there(root: Path) -> None:
    with open_context(root) as context:
        import_deals(context, 2)
        newest = backup.backups(context.workspace)[0]

        assert deals(context) == 40
        assert newest.manifest.why is Why.IMPORT
        assert newest.manifest.rows["cap90.duckdb"]["deals"] == 20
        assert not any(name.startswith("imports/") for name in named(newest.path))


def test_a_backup_that_still_is_true_serves_the_next_import_too(root: Path) -> None:
    with open_context(root) as context:
        first = backup.before_import(context.workspace, context.store)
        again = backup.before_import(context.workspace, context.store)
        assert first is not None
        assert again is not None
        assert first.path == again.path

        import_deals(context, 2)
        later = backup.before_import(context.workspace, context.store)
        assert later is not None
        assert later.path != first.path

    with open_context(root) as context:  # closing and opening writes nothing
        reused = backup.before_import(context.workspace, context.store)
        assert reused is not None
        assert reused.path == later.path


def test_a_backup_is_not_reused_after_settings_changed(root: Path) -> None:
    with open_context(root) as context:
        first = backup.before_import(context.workspace, context.store)
        path = root / "cap90.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("CAD", "EUR"), encoding="utf-8")

        again = backup.before_import(context.workspace, context.store)

    assert first is not None
    assert again is not None
    assert again.path != first.path


def test_without_a_backup_nothing_is_imported(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_context(root) as context:
        import_deals(context, 2)
        monkeypatch.setattr(archive_module, "RESERVE", 1 << 60)

        with pytest.raises(BackupError, match="Nothing was imported") as refusal:
            import_deals(context, 3)

        assert "not enough room" in str(refusal.value)
        assert deals(context) == 40
        assert not list(context.workspace.backups.glob(".*"))


def test_a_trial_makes_no_backup(root: Path) -> None:
    with open_context(root) as context:
        before = backup.backups(context.workspace)
        path = deals_file(context.workspace.staging, 2)
        import_file(context, path, ImportRequest(dry_run=True))

        assert backup.backups(context.workspace) == before


def test_there_is_one_backup_a_day_by_the_companys_own_clock(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_context(root) as context:
        for path in context.workspace.backups.iterdir():
            path.unlink()
        at(monkeypatch, "2026-11-22T04:30:00")  # 23:30 on the 21st in Montréal
        first = backup.daily(context.workspace, context.store)
        at(monkeypatch, "2026-11-22T04:45:00")
        none = backup.daily(context.workspace, context.store)
        at(monkeypatch, "2026-11-22T05:15:00")  # a quarter past midnight there
        second = backup.daily(context.workspace, context.store)

    assert first is not None
    assert none is None
    assert second is not None
    assert [first.path.name, second.path.name] == [
        "2026-11-21T23-30-00-daily.cap90",
        "2026-11-22T00-15-00-daily.cap90",
    ]


def test_a_clock_set_back_overwrites_nothing_and_the_newest_is_still_known(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_context(root) as context:
        at(monkeypatch, "2026-11-21T15:00:00")
        names = [backup.by_hand(context.workspace, context.store).path.name for _ in range(2)]
        at(monkeypatch, "2020-01-01T15:00:00")
        newest = backup.by_hand(context.workspace, context.store)

        assert names == ["2026-11-21T10-00-00-by-hand.cap90", "2026-11-21T10-00-00-by-hand-2.cap90"]
        assert backup.backups(context.workspace)[0].path == newest.path


def test_a_named_file_is_written_there_and_kept_for_ever(root: Path, tmp_path: Path) -> None:
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store, tmp_path / "mine.cap90")

    assert made.path == tmp_path / "mine.cap90"
    assert made.manifest.keep


def test_a_folder_that_is_not_there_is_said(root: Path, tmp_path: Path) -> None:
    with open_context(root) as context, pytest.raises(BackupError, match="no such folder"):
        backup.by_hand(context.workspace, context.store, tmp_path / "nowhere" / "mine.cap90")


def test_a_copy_that_does_not_hold_what_was_there_is_not_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_to = Store.copy_to

    def cut(store: Store, target: Path) -> Any:
        held = copy_to(store, target)
        target.write_bytes(target.read_bytes()[: target.stat().st_size // 2])
        return held

    with open_context(root) as context:
        before = set(context.workspace.backups.iterdir())
        monkeypatch.setattr(Store, "copy_to", cut)

        with pytest.raises(BackupError):
            backup.by_hand(context.workspace, context.store)

        assert set(context.workspace.backups.iterdir()) == before


@pytest.mark.parametrize("name", ["cap90.duckdb", "access.sqlite", "cap90.toml"])
def test_a_backup_in_which_one_byte_of_a_part_changed_is_damaged(
    root: Path, tmp_path: Path, name: str
) -> None:
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store, tmp_path / "mine.cap90")
    content = bytearray(made.path.read_bytes())
    with zipfile.ZipFile(made.path) as archive:
        part = archive.getinfo(name)
    header = part.header_offset
    # the local header: 30 bytes, then a name and an extra field whose lengths it gives
    begins = header + 30 + sum(struct.unpack_from("<HH", content, header + 26))
    content[begins + part.compress_size // 2] ^= 0xFF
    made.path.write_bytes(content)

    with pytest.raises(BackupError):
        backup.verify(made.path)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a backup" * 100])
def test_a_file_that_is_no_backup_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.cap90"
    path.write_bytes(content)

    with pytest.raises(BackupError, match="not a Cap 90 backup"):
        backup.verify(path)


def test_what_an_interrupted_backup_left_is_cleared_away_by_the_next(root: Path) -> None:
    with open_context(root) as context:
        left = context.workspace.backups / ".part-left"
        left.mkdir()
        (left / "cap90.duckdb").write_bytes(b"half")
        (context.workspace.backups / ".2026-by-hand.cap90.part").write_bytes(b"half")

        backup.by_hand(context.workspace, context.store)

        assert not list(context.workspace.backups.glob(".*"))


def test_an_update_is_preceded_by_a_backup(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrate.migrations()
    newer = max(known) + 1
    monkeypatch.setattr(migrate, "migrations", lambda: {**known, newer: "create table z (n int)"})

    with open_context(root) as context:
        newest = backup.backups(context.workspace)[0]

    assert newest.manifest.why is Why.UPDATE
    assert newest.manifest.schemas["cap90.duckdb"] == newer - 1
    assert "z" not in newest.manifest.rows["cap90.duckdb"]


def test_without_a_backup_nothing_is_updated(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrate.migrations()
    newer = {**known, max(known) + 1: "drop table deals"}
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "migrations", lambda: newer)
        patch.setattr(archive_module, "RESERVE", 1 << 60)
        with pytest.raises(BackupError, match="no backup of it could be made"):
            open_context(root)

    with open_context(root) as context:
        assert deals(context) == 20


def test_damaged_accounts_are_said_and_keep_the_backup_from_being_made(root: Path) -> None:
    for path in root.glob("access.sqlite*"):
        path.unlink()
    (root / "access.sqlite").write_bytes(b"x" * 5000)

    with open_context(root) as context, pytest.raises(BackupError, match="accounts cannot be read"):
        backup.by_hand(context.workspace, context.store)


def test_the_lock_on_the_database_outlives_a_backup(root: Path) -> None:
    try_it = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    with open_context(root) as context:
        backup.by_hand(context.workspace, context.store)
        other = subprocess.run(
            [sys.executable, "-c", try_it, str(context.workspace.database)],
            capture_output=True,
            check=False,
        )

    assert b"lock" in other.stderr


def test_a_store_without_a_file_needs_no_backup(root: Path) -> None:
    with open_context(root) as context, Store.in_memory() as store:
        assert backup.before_import(context.workspace, store) is None
        assert backup.daily(context.workspace, store) is None
        with pytest.raises(StoreError, match="no file"):
            store.copy_to(root / "copy.duckdb")


def test_old_backups_are_cleared_away_when_a_new_one_is_made(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_context(root) as context:
        for path in context.workspace.backups.iterdir():
            path.unlink()
        for day in range(1, 13):
            at(monkeypatch, f"2026-11-{day:02}T15:00:00")
            backup.daily(context.workspace, context.store)
        days = [one.manifest.day for one in backup.backups(context.workspace)]

    # the seven last days, and the Sunday before them
    assert days == [
        *(f"2026-11-{day:02}" for day in range(12, 5, -1)),
        "2026-11-01",
    ]
