"""Take an uploaded file in, and come back to it with the answers it asked for."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard import session
from dashboard.components.import_page import Upload
from pipelines.ingest import ImportReport, ImportRequest, import_file

#: Longer names are cut: file systems end at 255 bytes.
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Pending:
    """A file that waits for answers.

    Attributes:
        answers: What was answered so far, by key of a mapping file.
        report: With the questions that are open.
    """

    path: Path
    request: ImportRequest
    answers: Mapping[str, str]
    report: ImportReport


def take_in(upload: Upload) -> ImportReport | Pending:
    """Import an uploaded file.

    Returns:
        What came of it, or the file with its open questions.

    Raises:
        ImportRefused: It cannot be read or is nothing we know; nothing is left behind.
    """
    staging = session.current().workspace.staging
    staging.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="upload-", dir=staging))
    # the name is kept, since people look for it; a path in it is not
    path = folder / (Path(upload.name.replace("\\", "/")).name[-_LONGEST_NAME:] or "file")
    path.write_bytes(upload.content)
    request = ImportRequest(source=upload.source, entity=upload.entity, coverage=upload.coverage)
    return _run(path, request, {})


def answer(pending: Pending, answers: Mapping[str, str]) -> ImportReport | Pending:
    """Import a file again, with what somebody answered; see ``take_in``."""
    return _run(pending.path, pending.request, {**pending.answers, **answers})


def forget(pending: Pending) -> None:
    """Throw an uploaded file away that nobody answers for."""
    shutil.rmtree(pending.path.parent, ignore_errors=True)


def mapping_text(answers: Mapping[str, str]) -> str:
    """Return answers as a mapping file: the keys are written as the questions name them."""
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in answers.items()
    )


def _run(path: Path, request: ImportRequest, answers: Mapping[str, str]) -> ImportReport | Pending:
    if answers:
        mapping = path.parent / "answers.toml"
        mapping.write_text(mapping_text(answers), encoding="utf-8")
        request = ImportRequest(
            source=request.source,
            entity=request.entity,
            coverage=request.coverage,
            mapping=mapping,
        )
    waits = False
    try:
        report = import_file(session.current(), path, request)
        waits = bool(report.questions)
    finally:
        if not waits:
            shutil.rmtree(path.parent, ignore_errors=True)
    return Pending(path, request, answers, report) if waits else report
