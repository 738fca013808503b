"""Write what a file says in one transaction: rows, stage entries, vanished deals, the register."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from pipelines import clock
from pipelines.actor import ITSELF, Actor
from pipelines.errors import Message, msg_plural
from pipelines.ingest.canonical import STAGE_ENTRIES, Entity
from pipelines.ingest.identity import MADE
from pipelines.ingest.merge import Merged, merge, register
from pipelines.ingest.report import Coverage, Finding
from pipelines.ingest.rows import FILE_LINE
from pipelines.ingest.typed_numbers import Recorder
from pipelines.journal import What, note
from pipelines.sources.vocabulary import is_proposal
from pipelines.sql import statement
from pipelines.store import Cursor, Store


@dataclass(frozen=True)
class Batch:
    """A file's rows, ready to be merged.

    Attributes:
        frame: Canonical columns that the file says, ``file_line`` and the flag ``MADE``; one row
            per key.
        rejects: file_line, code, column_name, content.
        repeats: Rows of the file that say the same as another one; they count as unchanged.
        seen_beside: Ids of rows that were set aside: they are in the file, if not in ``frame``.
        stage_entries: Stage entries that a file of deals holds beside them.
        record: Writes the rows in place of the merge (typed numbers have rules of their own).
        mapping: How the file was understood, as JSON.
    """

    entity: Entity
    source: str
    frame: pl.DataFrame
    rejects: pl.DataFrame
    rows_read: int
    findings: tuple[Finding, ...]
    today: date
    repeats: int = 0
    seen_beside: tuple[str, ...] = ()
    stage_entries: pl.DataFrame | None = None
    record: Recorder | None = None
    file_name: str = ""
    content_hash: str = ""
    coverage: Coverage = "view"
    mapping: str = "{}"


@dataclass(frozen=True)
class Counts:
    """What became of a file's rows."""

    import_id: int | None
    added: int
    changed: int
    unchanged: int
    rejected: int
    findings: tuple[Finding, ...] = field(default=())


class _NothingToKeep(Exception):  # noqa: N818 - it carries a result out of a transaction
    """Ends a transaction without keeping it."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts


def load(store: Store, batch: Batch, *, dry_run: bool, actor: Actor = ITSELF) -> Counts:
    """Merge a file, or nothing of it.

    A dry run does it all and keeps nothing. So does a file of which nothing is new and whose
    bytes came in before: its ``import_id`` is the one of then.
    """

    def write(cursor: Cursor) -> Counts:
        counts = _write(cursor, batch)
        if dry_run:
            raise _NothingToKeep(replace(counts, import_id=None))
        _note(cursor, batch, counts, actor)
        return counts

    try:
        return store.write(write)
    except _NothingToKeep as result:
        return result.counts


def _write(cursor: Cursor, batch: Batch) -> Counts:
    import_id = int(cursor.execute(statement("ingest/next_import")).fetchall()[0][0])
    frame = batch.frame.rename({MADE: "is_made"})
    register(cursor, "incoming", frame)
    rejects, findings = batch.rejects, list[Finding]()
    if batch.record is not None:
        merged, more, findings = batch.record(cursor, import_id)
        rejects = pl.concat([rejects, more]).sort(FILE_LINE)
    else:
        merged = merge(
            cursor,
            batch.entity,
            source=batch.source,
            said=frame.columns,
            import_id=import_id,
            today=batch.today,
            rows=frame.height,
        )
    beside, more_findings = _follow(cursor, batch, import_id, merged)
    findings += more_findings
    if "owner" in frame.columns:
        cursor.execute(statement("ingest/add_people"), {"source": batch.source})
    cursor.unregister("incoming")
    if batch.stage_entries is not None:
        beside += _merge_entries(cursor, batch, import_id)
    counts = Counts(
        import_id,
        merged.added,
        merged.changed,
        merged.unchanged + batch.repeats,
        rejects.height,
        tuple(findings),
    )
    if not (merged.added or merged.changed or beside):
        before = cursor.execute(
            statement("ingest/same_file"),
            {
                "content_hash": batch.content_hash,
                "source": batch.source,
                "entity": batch.entity.table,
            },
        ).fetchall()
        if before:
            raise _NothingToKeep(replace(counts, import_id=int(before[0][0])))
    _record(cursor, batch, rejects, counts, (*batch.findings, *findings))
    return counts


def _note(cursor: Cursor, batch: Batch, counts: Counts, actor: Actor) -> None:
    taken = {
        "file": batch.file_name,
        "source": batch.source,
        "entity": batch.entity.table,
        "coverage": batch.coverage,
        "rows_read": batch.rows_read,
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }
    note(cursor, actor, What.IMPORT_DONE, f"import {counts.import_id}", after=taken)


def _follow(
    cursor: Cursor, batch: Batch, import_id: int, merged: Merged
) -> tuple[int, list[Finding]]:
    """Do what follows from the rows of a table; return how much else has changed by it."""
    match batch.entity.table:
        case "deals":
            if merged.compared and batch.stage_entries is None and "stage" in batch.frame.columns:
                _infer_entries(cursor, batch, import_id)
            gone = _vanish(cursor, batch) if batch.coverage == "full" else 0
            return gone, _vanished(gone)
        case "stage_entries":
            cursor.execute(statement("ingest/drop_inferred_entries"), {"source": batch.source})
        case "invoices":
            return _drop_invoice_lines(cursor, batch), []
    return 0, []


def _infer_entries(cursor: Cursor, batch: Batch, import_id: int) -> None:
    labels = batch.frame.get_column("stage").unique().drop_nulls().to_list()
    meanings = pl.DataFrame(
        {
            "stage": labels,
            "milestone": ["proposal" if is_proposal(label) else None for label in labels],
        },
        schema={"stage": pl.String, "milestone": pl.String},
    )
    register(cursor, "stage_meanings", meanings)
    cursor.execute(
        statement("ingest/infer_stage_entries"),
        {"source": batch.source, "today": batch.today, "import_id": import_id},
    )
    cursor.unregister("stage_meanings")


def _vanish(cursor: Cursor, batch: Batch) -> int:
    beside = pl.Series("external_id", batch.seen_beside, dtype=pl.String)
    seen = pl.concat([batch.frame.get_column("external_id"), beside]).to_frame()
    register(cursor, "seen", seen)
    gone = cursor.execute(
        statement("ingest/mark_vanished"), {"source": batch.source, "today": batch.today}
    ).fetchall()
    cursor.unregister("seen")
    return len(gone)


def _vanished(count: int) -> list[Finding]:
    sentence = msg_plural(
        "{count} deal is no longer in the full export; it still counts, and is marked.",
        "{count} deals are no longer in the full export; they still count, and are marked.",
        count=count,
    )
    return [Finding("vanished", count, sentence)] if count else []


def _drop_invoice_lines(cursor: Cursor, batch: Batch) -> int:
    lines = batch.frame.get_column("external_id")
    numbers = lines.str.replace(r" · \d+$", "").unique().alias("number").to_frame()
    register(cursor, "invoice_numbers", numbers)
    gone = cursor.execute(
        statement("ingest/drop_invoice_lines"), {"source": batch.source}
    ).fetchall()
    cursor.unregister("invoice_numbers")
    return len(gone)


def _merge_entries(cursor: Cursor, batch: Batch, import_id: int) -> int:
    """Merge the stage entries that a file of deals holds; return how many were new."""
    entries = batch.stage_entries
    if entries is None or entries.is_empty():
        return 0
    register(cursor, "incoming", entries.with_columns(pl.lit(value=False).alias("is_made")))
    merged = merge(
        cursor,
        STAGE_ENTRIES,
        source=batch.source,
        said=entries.columns,
        import_id=import_id,
        today=batch.today,
        rows=entries.height,
    )
    cursor.execute(statement("ingest/drop_inferred_entries"), {"source": batch.source})
    cursor.unregister("incoming")
    return merged.added + merged.changed


def _record(
    cursor: Cursor,
    batch: Batch,
    rejects: pl.DataFrame,
    counts: Counts,
    findings: tuple[Finding, ...],
) -> None:
    """Enter the import, its rejects and its findings into the register."""
    cursor.execute(
        statement("ingest/insert_import"),
        {
            "import_id": counts.import_id,
            "file_name": batch.file_name,
            "content_hash": batch.content_hash,
            "source": batch.source,
            "entity": batch.entity.table,
            "coverage": batch.coverage,
            "mapping": batch.mapping,
            "imported_at": clock.now(),
            "as_of": batch.today,
            "rows_read": batch.rows_read,
            "added": counts.added,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
            "rejected": counts.rejected,
        },
    )
    if rejects.height:
        register(cursor, "rejected", rejects)
        cursor.execute(statement("ingest/insert_rejects"), {"import_id": counts.import_id})
        cursor.unregister("rejected")
    for finding in findings:
        cursor.execute(
            statement("ingest/insert_finding"),
            {
                "import_id": counts.import_id,
                "code": finding.code,
                "count": finding.count,
                "details": json.dumps(_plain(finding.message), default=str),
            },
        )


def _plain(message: Message) -> Mapping[str, object]:
    return {"template": message.template, "plural": message.plural, "values": dict(message.values)}
