"""Whatever is wrong is found, named, and comes with what to do."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pipelines import backup, clock
from pipelines.checking import check
from pipelines.context import Context, open_context
from pipelines.ingest import ImportRequest, import_file
from tests.builders.backups import company, deals_file, import_deals


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with open_context(company(tmp_path / "erable")) as opened:
        import_deals(opened, 2)
        yield opened


def wrong(context: Context, *, rebuild: bool = False) -> dict[str, list[str]]:
    """Return what is wrong, by the part of the look."""
    return {
        one.name: [str(problem) for problem in one.problems]
        for one in check(context, rebuild=rebuild)
        if one.problems
    }


def change(context: Context, sql: str) -> None:
    context.store.write(lambda cursor: cursor.execute(sql).fetchall())


def test_a_sound_workspace_has_nothing_wrong(context: Context) -> None:
    again = deals_file(context.workspace.staging, 1, rows=25)  # five new, the others as before
    import_file(context, again, ImportRequest())

    assert wrong(context, rebuild=True) == {}


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("delete from deals where external_id = 'd1-3'", "deals (generic): There are 39 rows"),
        ("update deals set import_id = 99 where external_id = 'd1-3'", "deals: 1 row comes from"),
        ("insert into import_rejects values (1, 3, 'bad_date', null, 'x')", "counts of import 1"),
    ],
)
def test_counts_that_do_not_add_up_are_named(context: Context, sql: str, said: str) -> None:
    change(context, sql)

    (found,) = wrong(context)["register"]

    assert said in found
    assert "cap90 restore" in found


def test_a_changed_value_is_found_by_importing_everything_again(context: Context) -> None:
    change(context, "update deals set amount = 1 where external_id = 'd1-3'")

    assert wrong(context) == {}
    (found,) = wrong(context, rebuild=True)["rebuild"]
    assert found.startswith("deals: 1 row is not what the imported files say")


def test_an_imported_file_that_is_missing_or_changed_is_named(context: Context) -> None:
    one, other = sorted(context.workspace.imports.iterdir())
    one.unlink()
    other.write_bytes(b"changed")

    found = wrong(context)["originals"]

    assert sorted(line.split("The imported file ")[1].split(" is ")[1][:7] for line in found) == [
        "missing",
        "not wha",
    ]


def test_a_workspace_without_a_backup_is_told_to_make_one(context: Context) -> None:
    for path in context.workspace.backups.iterdir():
        path.unlink()

    (found,) = wrong(context)["backups"]

    assert "no backup yet" in found
    assert "cap90 backup" in found


def test_an_old_backup_is_said(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    backup.by_hand(context.workspace, context.store)
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2036-01-01T00:00:00"))

    (found,) = wrong(context)["backups"]

    assert "days old" in found


def test_a_damaged_backup_is_named(context: Context) -> None:
    (context.workspace.backups / "x.cap90").write_bytes(b"nothing")

    (found,) = wrong(context)["backups"]

    assert found.startswith("x.cap90: This backup is damaged")
