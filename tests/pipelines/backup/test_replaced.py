"""What a restore replaced is kept for a while, and not for ever."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from pipelines import backup
from pipelines.backup import replaced
from pipelines.context import open_context
from pipelines.errors import BackupError, msg
from pipelines.settings import Settings
from pipelines.workspace import Workspace, create
from tests.builders.backups import company


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock, in UTC."""

    def sets(moment: str) -> None:
        monkeypatch.setattr("pipelines.clock.now", lambda: datetime.fromisoformat(moment))

    return sets


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "erable", Settings(company="Érable", timezone="Europe/Paris"))


def put(workspace: Workspace, *moments: str) -> None:
    for moment in moments:
        kept = workspace.backups / f"replaced-{moment}"
        kept.mkdir()
        (kept / "cap90.duckdb").write_bytes(b"as it was")


def left(workspace: Workspace) -> list[str]:
    found = (path.name for path in workspace.backups.glob("replaced-*"))
    return sorted(name.removeprefix("replaced-") for name in found)


def test_the_newest_three_stay_however_old_they_are(
    workspace: Workspace, at: Callable[[str], None]
) -> None:
    old = [f"2025-0{month}-01T08-00-00" for month in (1, 2, 3, 4, 5)]
    put(workspace, *old)

    at("2026-11-21T12:00:00")
    replaced.clear(workspace)

    assert left(workspace) == old[2:]


def test_all_of_the_last_ninety_days_stay(workspace: Workspace, at: Callable[[str], None]) -> None:
    # 90 days before 2026-11-21 13:00 in Paris, where summer time made it 13:00 on the 23rd of August
    put(workspace, "2026-08-23T12-59-59", "2026-08-23T13-00-00", "2026-09-01T00-00-00")
    put(workspace, "2026-10-01T00-00-00", "2026-10-01T00-00-00-2")

    at("2026-11-21T12:00:00")
    replaced.clear(workspace)

    assert left(workspace) == [
        *("2026-08-23T13-00-00", "2026-09-01T00-00-00"),
        *("2026-10-01T00-00-00", "2026-10-01T00-00-00-2"),
    ]


def test_folders_of_other_names_and_what_leads_elsewhere_are_left_alone(
    workspace: Workspace, at: Callable[[str], None], tmp_path: Path
) -> None:
    put(workspace, "by-hand", *(f"2026-0{month}-01T08-00-00" for month in (1, 2, 3)))
    elsewhere = tmp_path / "photos"
    elsewhere.mkdir()
    (workspace.backups / "replaced-2020-01-01T00-00-00").symlink_to(elsewhere)

    at("2027-11-21T12:00:00")
    replaced.clear(workspace)

    assert len(left(workspace)) == 5
    assert elsewhere.is_dir()


def test_they_are_cleared_once_the_days_backup_is_made_and_verified(
    tmp_path: Path, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    at("2026-11-21T12:00:00")
    root = company(tmp_path / "erable")
    with open_context(root) as context:
        for made in context.workspace.backups.glob("*.cap90"):
            made.unlink()
        put(context.workspace, *(f"2025-0{month}-01T08-00-00" for month in (1, 2, 3, 4)))

        def full(*_: object) -> None:
            raise BackupError.of(msg("The disk is full."))

        with monkeypatch.context() as broken:
            broken.setattr("pipelines.backup.making.make", full)
            with pytest.raises(BackupError):
                backup.daily(context.workspace, context.store)
        assert len(left(context.workspace)) == 4

        assert backup.daily(context.workspace, context.store) is not None
        assert len(left(context.workspace)) == 3


def test_two_restores_in_one_second_have_places_of_their_own(
    workspace: Workspace, at: Callable[[str], None]
) -> None:
    at("2026-11-21T12:00:00")
    first = replaced.free_place(workspace.backups, workspace.settings)
    first.mkdir()
    second = replaced.free_place(workspace.backups, workspace.settings)

    assert (first.name, second.name) == (
        "replaced-2026-11-21T13-00-00",
        "replaced-2026-11-21T13-00-00-2",
    )
