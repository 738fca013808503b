"""Merge incoming rows into a canonical table, inside a transaction that somebody else opened.

The statements are files under ``pipelines/sql/ingest``. Where they must name the columns of a
table, they carry words like ``the_columns``, which are filled here from the canonical schema:
never from a file or a user.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa

from pipelines.ingest.canonical import DEALS, Entity
from pipelines.sources.words import words
from pipelines.sql import statement
from pipelines.store import Cursor

#: A change of one of these makes a new version of a deal.
_VERSIONED = words("owner pipeline stage status amount currency expected_close_on closed_on")
#: Rows per batch: DuckDB reads batches in parallel, and joins those that do not fill its own
#: groups of 122,880 rows, which costs more than reading them.
_BATCH = 2 * 122_880


@dataclass(frozen=True)
class Merged:
    """What became of the rows, and whether there was anything to compare them with."""

    added: int
    changed: int
    unchanged: int
    compared: bool


def merge(
    cursor: Cursor,
    entity: Entity,
    *,
    source: str,
    said: Collection[str],
    import_id: int,
    today: date,
    rows: int,
) -> Merged:
    """Merge the registered ``incoming`` rows into their table.

    Args:
        said: The columns that ``incoming`` has; others keep what an earlier file said.
        rows: How many there are.

    Afterwards, unless the table held nothing of the source, the temporary table ``compared``
    says of each row whether it is known, changed and moved.
    """
    parameters: dict[str, Any] = {"source": source, "import_id": import_id}
    if entity is DEALS:
        parameters["today"] = today
    if not _one(cursor, fill("ingest/is_held", entity, said), {"source": source}):
        cursor.execute(fill("ingest/insert_all", entity, said), parameters)
        return Merged(rows, 0, 0, compared=False)
    cursor.execute(fill("ingest/compare", entity, said), {"source": source})
    added, changed, unchanged = cursor.execute(statement("ingest/count_compared")).fetchall()[0]
    if changed and entity is DEALS:
        cursor.execute(statement("ingest/keep_former_deals"), {"source": source, "today": today})
    if changed:
        cursor.execute(fill("ingest/delete_changed", entity, said), {"source": source})
    if added or changed:
        cursor.execute(fill("ingest/insert_compared", entity, said), parameters)
    return Merged(added, changed, unchanged, compared=True)


def fill(name: str, entity: Entity, said: Collection[str]) -> str:
    """Return a statement with the names of an entity's columns in it."""
    present = {name: kind for name, kind in entity.columns.items() if name in said}
    differences = [_differs(name, kind) for name, kind in present.items() if name not in entity.key]
    movements = [_differs(name, present[name]) for name in present if name in _VERSIONED]
    is_deals = entity is DEALS
    changed = " or ".join(differences) or "false"
    if is_deals:
        # an older export must not undo a newer one; a deal that is back has changed
        changed = f"(({changed}) or held.vanished_on is not null)"
        if "updated_on" in present:
            changed += " and not coalesce(held.updated_on > incoming.updated_on, false)"
    names = {
        "the_table": entity.table,
        "the_completed_columns": ", ".join(
            f"incoming.{name}::{kind} as {name}" if name in present else f"held.{name}"
            for name, kind in entity.columns.items()
        ),
        "the_incoming_columns": ", ".join(
            f"incoming.{name}::{kind} as {name}" for name, kind in present.items()
        ),
        "the_columns": ", ".join(entity.columns),
        "the_differences": changed,
        "the_movements": (" or ".join(movements) if is_deals else "") or "false",
        # only deals have a history: since when they are as they are, and what they were before
        "the_first_sight": "case when not is_made then $today end as seen_from,"
        if is_deals
        else "",
        "the_last_sight": (
            "case when is_made then null when is_moved then $today else seen_before end as seen_from,"
            if is_deals
            else ""
        ),
        "the_state_before": (
            "held.stage as stage_before, held.seen_from as seen_before" if is_deals else ""
        ),
        "the_same_key": " and ".join(f"held.{name} = incoming.{name}" for name in entity.key),
    }
    text = statement(name)
    for word, meaning in names.items():
        text = text.replace(word, meaning)
    return text


def _differs(name: str, kind: str) -> str:
    return f"held.{name} is distinct from incoming.{name}::{kind}"


def register(cursor: Cursor, name: str, frame: pl.DataFrame) -> None:
    """Let statements read a frame under a name."""
    table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.newest())
    batches = table.to_batches(max_chunksize=_BATCH)
    cursor.register(name, pa.Table.from_batches(batches, table.schema))


def _one(cursor: Cursor, sql: str, parameters: dict[str, Any]) -> Any:
    return cursor.execute(sql, parameters).fetchall()[0][0]
