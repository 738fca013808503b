"""A backup comes back whole, or nothing changes."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipelines import backup
from pipelines.context import open_context
from pipelines.errors import BackupError, Cap90Error, WorkspaceInUse, msg
from tests.builders.backups import accounts, company, deals, emails, import_deals, logins


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return company(tmp_path / "erable")


@pytest.fixture
def saved(root: Path, tmp_path: Path) -> Path:
    """A backup of 20 deals and one account, kept elsewhere."""
    with open_context(root) as context:
        return backup.by_hand(context.workspace, context.store, tmp_path / "saved.cap90").path


def held(root: Path) -> int:
    with open_context(root) as context:
        return deals(context)


def altered(saved: Path, **changes: Any) -> Path:
    """Return a copy of a backup whose manifest says something else."""
    target = saved.with_name("altered.cap90")
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changes).encode()
            copy.writestr(name, content)
    return target


def test_everything_is_as_it_was_and_what_was_there_is_kept(root: Path, saved: Path) -> None:
    with open_context(root) as context:
        import_deals(context, 2)
    accounts(root, "later@erable.example")
    (root / "logo.svg").write_text("<svg>later</svg>", encoding="utf-8")

    restored = backup.restore(root, saved)

    assert held(root) == 20
    assert emails(root) == ["louise@erable.example"]
    assert (root / "logo.svg").read_text(encoding="utf-8") == "<svg/>"
    assert restored.kept is not None
    assert emails(restored.kept) == ["later@erable.example", "louise@erable.example"]
    assert (restored.kept / "logo.svg").read_text(encoding="utf-8") == "<svg>later</svg>"
    assert (restored.kept / "cap90.duckdb").exists()
    assert restored.missing == ()


def test_nobody_is_logged_in_afterwards(root: Path, saved: Path) -> None:
    assert logins(root) == ["secret"]

    backup.restore(root, saved)

    assert logins(root) == []


def test_a_company_comes_back_on_another_computer(saved: Path, tmp_path: Path) -> None:
    restored = backup.restore(tmp_path / "elsewhere", saved)

    assert held(tmp_path / "elsewhere") == 20
    assert restored.kept is None
    assert len(list((tmp_path / "elsewhere" / "imports").iterdir())) == 1


def test_damaged_files_are_no_obstacle(root: Path, saved: Path) -> None:
    (root / "cap90.duckdb").write_bytes(b"x" * 10_000)
    (root / "cap90.toml").write_text("company = ", encoding="utf-8")
    (root / "access.sqlite").write_bytes(b"x" * 10_000)
    shutil.rmtree(root / "imports")

    backup.restore(root, saved)

    assert held(root) == 20
    assert emails(root) == ["louise@erable.example"]
    assert len(list((root / "imports").iterdir())) == 1


def test_an_automatic_backup_says_which_imported_files_are_missing(root: Path) -> None:
    with open_context(root) as context:
        made = backup.before_import(context.workspace, context.store)
    assert made is not None
    (original,) = (root / "imports").iterdir()
    original.unlink()

    restored = backup.restore(root, made.path)

    assert restored.missing == (original.name,)
    assert held(root) == 20


def test_accounts_stay_where_the_backup_has_none(tmp_path: Path) -> None:
    root = company(tmp_path / "erable")
    for path in root.glob("access.sqlite*"):
        path.unlink()
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store, tmp_path / "saved.cap90")
    accounts(root)

    restored = backup.restore(root, made.path)

    assert restored.kept_accounts
    assert emails(root) == ["louise@erable.example"]


def test_the_companys_own_kpis_come_back(root: Path, tmp_path: Path) -> None:
    own = root / "kpi_definitions"
    (own / "note.txt").write_text("ours", encoding="utf-8")
    with open_context(root) as context:
        made = backup.by_hand(context.workspace, context.store, tmp_path / "saved.cap90")
    (own / "note.txt").write_text("changed", encoding="utf-8")
    (own / "other.txt").write_text("new", encoding="utf-8")

    backup.restore(root, made.path)

    assert {path.name: path.read_text(encoding="utf-8") for path in own.iterdir()} == {
        "note.txt": "ours"
    }


def test_a_workspace_that_is_open_is_left_alone(root: Path, saved: Path) -> None:
    with open_context(root) as context:
        import_deals(context, 2)
        with pytest.raises(WorkspaceInUse):
            backup.restore(root, saved)
        assert deals(context) == 40


def test_an_open_store_shows_the_restored_data_at_once(root: Path, saved: Path) -> None:
    with open_context(root) as context:
        import_deals(context, 2)
        version = context.store.version

        backup.restore(root, saved, away=context.store.away)

        assert deals(context) == 20
        assert context.store.version > version
        import_deals(context, 3)
        assert deals(context) == 40


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": {"cap90.duckdb": {"deals": 19}}},
        {"parts": [{"name": "../outside", "sha256": "0", "size": 1}]},
        {"parts": [{"name": "/etc/outside", "sha256": "0", "size": 1}]},
        {"audit": {"number": 7, "hash": "abc"}},
        {"format": 2, "product": "9.9"},
        {"schemas": {"cap90.duckdb": 9999}},
        {"created": "yesterday"},
    ],
    ids=["rows", "upwards", "absolute", "audit", "format", "schema", "moment"],
)
def test_a_backup_that_does_not_keep_its_promises_changes_nothing(
    root: Path, saved: Path, changes: dict[str, Any]
) -> None:
    with open_context(root) as context:
        import_deals(context, 2)

    with pytest.raises(Cap90Error) as refusal:
        backup.restore(root, altered(saved, **changes))

    assert refusal.value.problems[0].hint is not None
    assert held(root) == 40
    assert not (root / ".restore").exists()
    assert not list((root / "backups").glob("replaced-*"))
    assert not (root.parent / "outside").exists()


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(root: Path, saved: Path) -> None:
    manifest = backup.read_manifest(saved)
    small = [
        {"name": part.name, "sha256": part.sha256, "size": min(part.size, 10)}
        for part in manifest.parts
    ]

    with pytest.raises(BackupError, match="damaged"):
        backup.restore(root, altered(saved, parts=small))


def test_without_room_nothing_is_touched(
    root: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.backup.restoring.RESERVE", 1 << 60)

    with pytest.raises(BackupError, match="not enough room"):
        backup.restore(root, saved)

    assert held(root) == 20


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path, saved: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "cat.jpg").write_bytes(b"cat")

    with pytest.raises(BackupError, match="other things"):
        backup.restore(other, saved)

    assert [path.name for path in other.iterdir()] == ["cat.jpg"]


def test_accounts_that_cannot_be_trusted_are_refused(root: Path, saved: Path) -> None:
    def distrust(path: Path) -> None:
        assert path.exists()
        raise BackupError.of(msg("No."))

    with pytest.raises(BackupError):
        backup.restore(root, saved, inspect_accounts=distrust)

    assert emails(root) == ["louise@erable.example"]
