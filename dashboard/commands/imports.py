"""Take files in, and list what was taken in: import, imports list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.commands.console import Console, opened
from dashboard.commands.options import DEFAULT_FOLDER, AsJson, Folder
from pipelines.errors import ImportRefused, Refused, msg, msg_plural

if TYPE_CHECKING:
    from pipelines.context import Context
    from pipelines.ingest.report import ImportRecord, ImportReport, ImportRequest, Reject

imports = typer.Typer(help="What was imported.", no_args_is_help=True)


def import_files(
    files: Annotated[
        list[Path],
        # whoever reads it says so if they cannot; that may be the app, which was given a copy
        typer.Argument(metavar="FILE", readable=False, help="Exports of the CRM: CSV or XLSX."),
    ],
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="The CRM, if it is not recognised.")
    ] = None,
    entity: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the rows are: deals, invoices ...")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", readable=False, help="How the file's columns are to be read."),
    ] = None,
    full: Annotated[
        bool | None,
        typer.Option("--full/--view", help="All there is, or a part of it (the default)."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Take in exports of the CRM."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from pipelines.ingest import ImportRequest

        request = ImportRequest(
            source=source,
            entity=entity,
            mapping=talk.at(mapping) if mapping else None,
            coverage="full" if full else "view",
            dry_run=dry_run,
        )
        results = [_import(context, path, request, talk) for path in files]
        talk.document({"files": [document for document, _ in results]})
        if not all(done for _, done in results):
            raise typer.Exit(1)


def _import(
    context: Context, path: Path, request: ImportRequest, talk: Console
) -> tuple[dict[str, Any], bool]:
    """Import one file; a refused one does not keep the others from being taken in."""
    from pipelines.ingest import import_file

    try:
        report = import_file(context, talk.at(path), request)
    except (ImportRefused, Refused) as error:
        talk.refuse(error)
        return _refused(path, request, talk.refused_document(error)), False
    _print_report(report, request, talk)
    if report.rejected and report.import_id is not None and not talk.as_json:
        _print_rejects(context, report.import_id, talk)
    return _document(report, talk), not report.questions


def _print_report(report: ImportReport, request: ImportRequest, talk: Console) -> None:
    if report.questions:
        _print_questions(report, talk)
        return
    from dashboard.components.words import entity_name, source_name

    counted = msg(
        "{file} ({source}, {entity}): {read}: {counts}.",
        file=report.file,
        source=source_name(report.source, talk.language),
        entity=entity_name(report.entity, talk.language),
        read=msg_plural("{count} row read", "{count} rows read", report.rows_read),
        counts=[
            msg_plural("{count} added", "{count} added", report.added),
            msg_plural("{count} changed", "{count} changed", report.changed),
            msg_plural("{count} unchanged", "{count} unchanged", report.unchanged),
            msg_plural("{count} rejected", "{count} rejected", report.rejected),
        ],
    )
    talk.print(talk.phrase(counted))
    for finding in report.findings:
        talk.print(f"  - {talk.phrase(finding.message)}")
    if request.dry_run:
        talk.say(msg("Nothing was changed: this was a trial."))


def _print_questions(report: ImportReport, talk: Console) -> None:
    """Ask what the file leaves open, and show the mapping file that answers."""
    talk.say(
        msg_plural(
            "{file}: nothing was imported, {count} question is open.",
            "{file}: nothing was imported, {count} questions are open.",
            len(report.questions),
            file=report.file,
        )
    )
    for question in report.questions:
        # some questions name their column themselves
        if question.column and "column" not in question.question.values:
            asked = msg(
                "Column '{column}' ({examples}): {question}",
                column=question.column,
                examples=list(question.examples),
                question=question.question,
            )
        else:
            asked = question.question
        talk.say(msg("  - {question}", question=asked))
    talk.say(msg("Answer in a text file such as answers.toml and add: --mapping answers.toml"))
    for key, options in {one.mapping_key: one.options for one in report.questions}.items():
        quoted = [f'"{option}"' for option in options]
        talk.say(msg("    # one of: {options}", options=quoted))
        talk.say(msg("    {key} = {option}", key=key, option=quoted[0]))


def _print_rejects(context: Context, import_id: int, talk: Console) -> None:
    """Say why rows were set aside, one line per reason."""
    from pipelines.ingest import rejects

    by_code: dict[str, list[Reject]] = {}
    for reject in rejects(context.store, import_id):
        by_code.setdefault(reject.code, []).append(reject)
    for of_one_kind in by_code.values():
        first = of_one_kind[0]
        said = msg_plural(
            "{count} row rejected, in line {line}: {reason}",
            "{count} rows rejected, the first in line {line}: {reason}",
            len(of_one_kind),
            line=str(first.line),
            reason=first.reason,
        )
        talk.print(f"  - {talk.phrase(said)}")


def _document(report: ImportReport, talk: Console) -> dict[str, Any]:
    return {
        "file": report.file,
        "source": report.source,
        "entity": report.entity,
        "import_id": report.import_id,
        **_counts(report),
        "findings": [
            {
                "code": finding.code,
                "count": finding.count,
                "message": talk.phrase(finding.message),
            }
            for finding in report.findings
        ],
        "questions": [
            {
                "id": question.id,
                "column": question.column,
                "question": talk.phrase(question.question),
                "options": list(question.options),
                "examples": list(question.examples),
                "mapping_key": question.mapping_key,
            }
            for question in report.questions
        ],
    }


def _refused(path: Path, request: ImportRequest, problems: list[dict[str, str]]) -> dict[str, Any]:
    """Return the entry of a refused file: the usual keys, and why."""
    return {
        "file": str(path),
        "source": request.source,
        "entity": request.entity,
        "import_id": None,
        "rows_read": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
        "findings": [],
        "questions": [],
        "problems": problems,
    }


@imports.command("list")
def list_imports(as_json: AsJson = False, workspace: Folder = DEFAULT_FOLDER) -> None:
    """List the files that were imported, the newest first."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from pipelines.ingest import imports_list

        records = imports_list(context.store)
        talk.document([_record(record) for record in records])
        if not records:
            talk.say(msg("Nothing was imported yet."))
            return
        headings = [
            msg("No."),
            msg("File"),
            msg("CRM"),
            msg("Content"),
            msg("Day"),
            msg("Rows"),
            msg("Added"),
            msg("Changed"),
            msg("Unchanged"),
            msg("Rejected"),
        ]
        from dashboard.components.words import entity_name, source_name

        rows = [
            [
                str(record.import_id),
                record.file_name,
                source_name(record.source, talk.language),
                entity_name(record.entity, talk.language),
                record.as_of.isoformat(),
                *(talk.number(count) for count in _counts(record).values()),
            ]
            for record in records
        ]
        talk.table(headings, rows, right="rllllrrrrr")


def _record(record: ImportRecord) -> dict[str, Any]:
    return {
        "import_id": record.import_id,
        "file": record.file_name,
        "source": record.source,
        "entity": record.entity,
        "coverage": record.coverage,
        "imported_at": record.imported_at.isoformat(timespec="seconds"),
        "as_of": record.as_of.isoformat(),
    } | _counts(record)


def _counts(counted: ImportReport | ImportRecord) -> dict[str, int]:
    return {
        "rows_read": counted.rows_read,
        "added": counted.added,
        "changed": counted.changed,
        "unchanged": counted.unchanged,
        "rejected": counted.rejected,
    }
