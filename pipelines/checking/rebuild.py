"""Import every original again, in order and elsewhere, and compare what comes of it."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.context import Context
from pipelines.errors import Cap90Error, Problem, msg, msg_plural
from pipelines.ingest import ImportRequest, import_file
from pipelines.sql import statement
from pipelines.store import Cursor, Store
from pipelines.workspace import Workspace

#: Tables that hold what files say and nothing else.
_TABLES = ("deals", "former_deals", "stage_entries", "activities", "invoices")
#: What a rebuilt register has to say as well.
_COUNTS = (
    "select import_id, source, entity, rows_read, added, changed, unchanged, rejected from imports"
)


def differences(context: Context) -> tuple[tuple[Problem, ...], int]:
    """Return what differs from what the originals say, and how many of them were imported."""
    todo = context.store.read(
        lambda cursor: cursor.execute(statement("checking/imports_in_order")).fetchall()
    )
    with tempfile.TemporaryDirectory(prefix="rebuild-", dir=context.workspace.staging) as name:
        folder = Path(name)
        elsewhere = Workspace(folder, context.workspace.settings)
        elsewhere.staging.mkdir()
        elsewhere.imports.mkdir()
        # what does not fit into memory is written to the folder
        with Store.in_memory(allowed=(elsewhere.staging,)) as store:
            _adopt_names(context.store, store)
            again = Context(elsewhere, store, context.shipped_definitions)
            problems = [
                problem for one in todo for problem in _import(again, context.workspace, one)
            ]
            problems += _compare(context.store, store)
    return tuple(problems), len(todo)


def _import(again: Context, workspace: Workspace, one: tuple[Any, ...]) -> tuple[Problem, ...]:
    """Import one original as it was imported then; return why that is not possible any more."""
    _, file, content_hash, source, entity, coverage, mapping, as_of = one
    original = next(workspace.imports.glob(f"{content_hash}*"), None)
    if original is None:
        return ()  # the look at the originals says so
    folder = again.workspace.staging / "file"
    folder.mkdir()
    try:
        path = folder / Path(file).name
        shutil.copyfile(original, path)
        request = ImportRequest(
            source=source,
            entity=entity,
            mapping=_mapping_file(again.workspace.staging / "mapping.toml", json.loads(mapping)),
            coverage=coverage,
        )
        report = import_file(again.on(as_of), path, request)
    except Cap90Error as error:
        return error.problems
    finally:
        shutil.rmtree(folder)
    if report.questions:
        return (
            Problem(
                msg("This file cannot be imported without questions any more."),
                file,
                msg("Tell whoever looks after Cap 90."),
            ),
        )
    return ()


def _mapping_file(path: Path, said: dict[str, Any]) -> Path:
    """Write how a file was understood then as a mapping file; JSON's strings are TOML's."""
    plain = {key: value for key, value in said.items() if not isinstance(value, dict)}
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items()]
    for key, value in said.items():
        if isinstance(value, dict):
            lines.append(f"[{key}]")
            lines += [f"{_toml(name)} = {_toml(one)}" for name, one in value.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: object) -> str:
    # the escapes are the same, but for one sign that JSON leaves as it is
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _adopt_names(old: Store, new: Store) -> None:
    """Let the new tables know people as the old ones do."""
    for table in ("people", "person_names"):
        frame = old.read(lambda cursor, name=table: cursor.sql(f"from {name}").pl())  # type: ignore[misc]  # the loop's own

        def write(cursor: Cursor, name: str = table, rows: pl.DataFrame = frame) -> None:
            cursor.register("adopted", rows)
            cursor.execute(f"insert into {name} by name select * from adopted")  # noqa: S608 - our own names
            cursor.unregister("adopted")

        new.write(write)


def _compare(old: Store, new: Store) -> list[Problem]:
    problems = []
    for table in (*_TABLES, "imports"):
        query = _COUNTS if table == "imports" else f"from {table}"
        is_there, should_be = (
            store.read(lambda cursor, text=query: cursor.sql(text).pl())  # type: ignore[misc]  # the loop's own
            for store in (old, new)
        )
        columns = is_there.columns
        odd = _without(is_there, should_be, columns).height
        lacking = _without(should_be, is_there, columns).height
        if odd or lacking:
            problems.append(
                Problem(
                    msg_plural(
                        "{count} row is not what the imported files say; {lacking} are expected instead.",
                        "{count} rows are not what the imported files say; {lacking} are expected instead.",
                        odd,
                        lacking=lacking,
                    ),
                    table,
                    msg("Restore a backup from before the difference: cap90 restore FILE"),
                )
            )
    return problems


def _without(left: pl.DataFrame, right: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    return left.join(right, on=columns, how="anti", nulls_equal=True)
