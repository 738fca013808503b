"""A workspace: made once, never over something else."""

from pathlib import Path

import pytest

from pipelines.context import open_context
from pipelines.errors import DefinitionError, StoreError, WorkspaceError
from pipelines.settings import Settings
from pipelines.workspace import create, open_workspace


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_new_workspace_has_its_folders_and_its_settings(tmp_path: Path) -> None:
    workspace = create(tmp_path / "deep" / "erable", Settings(company="Érable"))

    assert listing(workspace.root) == {
        "cap90.toml",
        "imports",
        "staging",
        "backups",
        "outbox",
        "kpi_definitions",
    }
    assert open_workspace(workspace.root) == workspace


def test_exports_that_already_lie_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text("id\n1\n")

    create(tmp_path, Settings())

    assert (tmp_path / "deals.csv").read_text() == "id\n1\n"


def test_a_workspace_is_never_made_over_another(tmp_path: Path) -> None:
    create(tmp_path, Settings(company="First"))

    with pytest.raises(WorkspaceError, match="already a workspace here"):
        create(tmp_path, Settings(company="Second"))

    assert open_workspace(tmp_path).settings.company == "First"


@pytest.mark.parametrize("taken", ["cap90.duckdb", "imports/a.csv", "staging", "access.sqlite"])
def test_a_folder_that_holds_parts_of_a_workspace_is_refused_by_name(
    tmp_path: Path, taken: str
) -> None:
    path = tmp_path / taken
    path.parent.mkdir(exist_ok=True)
    path.write_text("somebody's")
    before = listing(tmp_path)

    with pytest.raises(WorkspaceError) as refusal:
        create(tmp_path, Settings())

    (problem,) = refusal.value.problems
    assert problem.where == str(tmp_path / taken.partition("/")[0])
    assert listing(tmp_path) == before


def test_a_file_a_home_folder_and_a_drive_are_no_places_for_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, home = tmp_path / "notes.txt", tmp_path / "home"
    file.write_text("")
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)

    for unsuitable in (file, home, Path(tmp_path.anchor)):
        with pytest.raises(WorkspaceError):
            create(unsuitable, Settings())

    assert listing(tmp_path) == {"notes.txt", "home"}


def test_a_folder_inside_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")

    with pytest.raises(WorkspaceError, match="cannot be written"):
        create(tmp_path / "notes.txt" / "erable", Settings())


def test_where_there_is_no_workspace_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as refusal:
        open_workspace(tmp_path)

    (problem,) = refusal.value.problems
    assert problem.where == str(tmp_path)
    assert str(problem.hint) == f"Make one with: cap90 init {tmp_path}"


def test_empty_folders_that_a_copy_lost_are_made_again(tmp_path: Path) -> None:
    workspace = create(tmp_path, Settings())
    workspace.staging.rmdir()

    open_workspace(tmp_path)

    assert workspace.staging.is_dir()


def test_an_opened_workspace_has_a_store_the_shipped_kpis_and_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP90_TODAY", "2026-11-16")
    create(tmp_path, Settings())

    with open_context(tmp_path) as context:
        deals = context.store.read(lambda c: c.execute("select count(*) from deals").fetchall())

        assert deals == [(0,)]
        assert "win_rate" in context.shipped_definitions
        assert context.today().isoformat() == "2026-11-16"


def test_a_workspace_can_be_opened_again_after_it_was_closed(tmp_path: Path) -> None:
    create(tmp_path, Settings())
    open_context(tmp_path).close()

    with open_context(tmp_path), pytest.raises(StoreError, match="in use"):
        open_context(tmp_path)


def test_a_broken_own_kpi_keeps_the_workspace_closed_and_leaves_nothing_open(
    tmp_path: Path,
) -> None:
    workspace = create(tmp_path, Settings())
    broken = workspace.own_definitions / "visits.toml"
    broken.write_text('unit = "precent"')

    with pytest.raises(DefinitionError, match=r"visits\.toml"):
        open_context(tmp_path)

    broken.unlink()
    open_context(tmp_path).close()


def test_a_new_workspace_is_for_nobody_else_on_the_computer(tmp_path: Path) -> None:
    made = create(tmp_path / "company", Settings())

    assert made.root.stat().st_mode & 0o077 == 0
