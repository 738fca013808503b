"""Take a file in: recognise it, read its columns, and merge its rows in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from pipelines import backup, work
from pipelines.context import Context
from pipelines.errors import msg, msg_plural
from pipelines.ingest import activities, deals, invoices, stages
from pipelines.ingest.canonical import DEALS, ENTITIES, INVOICES, KPI_ENTRIES, Entity
from pipelines.ingest.identity import MADE, identify
from pipelines.ingest.load import Batch, load
from pipelines.ingest.mapping import MappingFile, named_columns, read_mapping
from pipelines.ingest.original import received
from pipelines.ingest.reading import read_table
from pipelines.ingest.report import (
    Finding,
    ImportReport,
    ImportRequest,
    Question,
)
from pipelines.ingest.rows import FILE_LINE, MISSING_VALUE, Rows
from pipelines.ingest.table import RawTable
from pipelines.ingest.typed import Understood, understand
from pipelines.ingest.typed_numbers import recorder
from pipelines.sources.recognise import Recognised, recognise
from pipelines.sources.source import entity_name
from pipelines.sources.words import fold

#: How many headers a finding repeats.
_SHOWN = 12


def import_file(context: Context, path: Path, request: ImportRequest) -> ImportReport:
    """Take one export file in.

    Everything is checked before the database is touched, and merged in one transaction. The
    original bytes stay in the workspace under their hash. A file that came in before and whose
    rows are all as they were leaves no trace: the report names the import that took it in.

    Returns:
        What came of it; with questions, if only a person can say how it is meant, and then
        nothing was written.

    Raises:
        ImportRefused: It cannot be read, is nothing we know, or the request contradicts itself.
        BackupError: No backup could be made before; nothing was changed.
        Stopped: Somebody stopped it before it was saved.
    """
    work.current().step(msg("Reading {file}", file=path.name))
    with received(path, context.workspace) as original:
        prepared = _prepare(context, path, request)
        if isinstance(prepared, ImportReport):
            return prepared
        batch = replace(
            prepared,
            file_name=path.name,
            content_hash=original.content_hash,
            coverage=request.coverage,
        )
        work.current().step(
            msg_plural("Saving {count} row", "Saving {count} rows", batch.frame.height)
        )
        if not request.dry_run:
            backup.before_import(context.workspace, context.store)
            original.keep()
    counts = load(context.store, batch, dry_run=request.dry_run, actor=context.actor)
    return ImportReport(
        file=path.name,
        source=batch.source,
        entity=batch.entity.table,
        import_id=counts.import_id,
        rows_read=batch.rows_read,
        added=counts.added,
        changed=counts.changed,
        unchanged=counts.unchanged,
        rejected=counts.rejected,
        findings=(*batch.findings, *counts.findings),
    )


def _prepare(context: Context, path: Path, request: ImportRequest) -> Batch | ImportReport:
    """Return a file's rows ready to be merged, or the report that asks what is open.

    The text of the file is let go when this returns: large files would else be held twice
    while they are written.
    """
    mapping = read_mapping(request.mapping) if request.mapping else MappingFile()
    raw = read_table(
        path,
        delimiter=mapping.delimiter,
        encoding=mapping.encoding,
        staging=context.workspace.staging,
    )
    headers = dict(zip(raw.headers, raw.columns, strict=True))
    found = recognise(
        raw.columns,
        file=path.name,
        source=request.source or mapping.source,
        entity=request.entity or mapping.entity,
        named=named_columns(mapping, headers, request.mapping) if request.mapping else None,
    )
    entity = ENTITIES[found.layout.entity]
    understood = understand(raw, found, entity, mapping, context.workspace.settings.timezone)
    rows, open_questions = understood.rows, list(understood.questions)
    if not open_questions:
        open_questions += _ask(rows, found, entity, mapping)
    if open_questions:
        return ImportReport(
            file=path.name,
            source=found.source.name,
            entity=entity.table,
            import_id=None,
            rows_read=0,
            added=0,
            changed=0,
            unchanged=0,
            rejected=0,
            questions=tuple(open_questions),
        )
    _recognised(rows, raw, found)
    batch = _shape(context, raw, found, mapping, understood)
    return replace(batch, mapping=_as_mapping(raw, found, mapping, understood))


def _ask(rows: Rows, found: Recognised, entity: Entity, mapping: MappingFile) -> list[Question]:
    if entity is DEALS:
        return deals.questions(rows, found.source.stage_labels, mapping.stages)
    if entity is INVOICES:
        return invoices.questions(rows, mapping.tax)
    return []


def _shape(
    context: Context,
    raw: RawTable,
    found: Recognised,
    mapping: MappingFile,
    understood: Understood,
) -> Batch:
    """Turn typed rows into canonical ones, with a key each."""
    today = context.today()
    rows, entity = understood.rows, ENTITIES[found.layout.entity]
    stage_entries = None
    match entity.table:
        case "deals":
            deals.shape(rows, found.source.stage_labels, mapping.stages, today)
        case "activities":
            activities.shape(rows, found.layout.kind, today)
        case "invoices":
            invoices.shape(rows, mapping.tax)
        case "stage_entries":
            stages.shape(rows)
        case _:
            pass
    _owners(rows, mapping.owners)
    _currencies(rows, entity, mapping.currency or found.currency)
    record = None
    if entity is KPI_ENTRIES:
        for column in ("kpi", "start"):
            rows.set_aside(pl.col(column).is_null(), MISSING_VALUE, column=column)
        rows.frame = rows.frame.with_columns(pl.lit(value=False).alias(MADE))
        record = recorder(context, rows)
    else:
        identify(rows, entity)
    if found.stage_dates:
        stage_entries = deals.entries(rows.frame, found.stage_dates)
        rows.frame = rows.frame.drop(one.header for one in found.stage_dates)
    rejects = rows.all_rejects()
    return Batch(
        entity=entity,
        source=found.source.name,
        frame=rows.frame.rechunk(),
        rejects=_with_lines(rejects, raw),
        rows_read=raw.rows_read,
        findings=tuple(rows.findings),
        today=today,
        repeats=rows.repeats,
        seen_beside=understood.set_aside_ids,
        stage_entries=stage_entries,
        record=record,
    )


def _with_lines(rejects: pl.DataFrame, raw: RawTable) -> pl.DataFrame:
    """Return the rejected rows together with the lines that were no rows to begin with."""
    lines = pl.DataFrame(
        [(one.line, one.code, None, one.content) for one in raw.rejects],
        schema=rejects.schema,
        orient="row",
    )
    return pl.concat([rejects, lines]).sort(FILE_LINE)


def _owners(rows: Rows, owners: Mapping[str, str]) -> None:
    """Replace owners as written by the people that a mapping file names."""
    if owners and rows.has("owner"):
        people = {fold(written): person for written, person in owners.items()}
        labels = rows.frame.get_column("owner").unique().drop_nulls().to_list()
        known = {label: people[fold(label)] for label in labels if fold(label) in people}
        rows.frame = rows.frame.with_columns(pl.col("owner").replace(known))


def _currencies(rows: Rows, entity: Entity, default: str | None) -> None:
    """Write currencies as three capital letters, and fill the gaps with what is known."""
    if "currency" not in entity.columns:
        return
    if rows.has("currency"):
        rows.frame = rows.frame.with_columns(
            pl.col("currency").str.to_uppercase().replace({"€": "EUR", "£": "GBP"})
        )
    if default:
        given = rows.first("currency")
        rows.frame = rows.frame.with_columns(pl.coalesce(given, pl.lit(default)).alias("currency"))


def _recognised(rows: Rows, raw: RawTable, found: Recognised) -> None:
    """Say what the file was taken for and which of its columns are not used."""
    used = set(found.columns.values()) | {one.header for one in found.stage_dates}
    rows.findings.insert(
        0,
        Finding(
            "recognised",
            len(found.columns),
            msg(
                "Taken for {source} {entity} by its columns: {headers}.",
                source=found.source.title,
                entity=entity_name(found.layout.entity),
                headers=list(found.columns.values())[:_SHOWN],
            ),
        ),
    )
    unused = [name for name in raw.columns if name not in used]
    rows.note(
        "unused_column",
        len(unused),
        msg_plural(
            "{count} column is not used: {headers}.",
            "{count} columns are not used: {headers}.",
            count=len(unused),
            headers=unused[:_SHOWN],
        ),
    )


def _as_mapping(
    raw: RawTable, found: Recognised, mapping: MappingFile, understood: Understood
) -> str:
    """Return how the file was understood, as a mapping file would say it."""
    said = {
        "source": found.source.name,
        "entity": found.layout.entity,
        "delimiter": raw.delimiter,
        "encoding": raw.encoding,
        "date_format": understood.date_format or None,
        "decimal": understood.decimal,
        "currency": mapping.currency or found.currency,
        "tax": mapping.tax,
        "columns": dict(found.columns),
        "stages": mapping.stages,
        "owners": mapping.owners,
    }
    return json.dumps({key: value for key, value in said.items() if value not in (None, {})})
