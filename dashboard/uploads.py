"""Take an uploaded file in, and come back to it with the answers it asked for.

Reading a file takes its time: pages hand it to the jobs, and look now and then what became of it.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.import_page import Upload
from dashboard.jobs.current import desk
from dashboard.jobs.job import Asker, Job, Order
from dashboard.jobs.kinds import UPLOAD
from dashboard.jobs.runners import Output, register
from dashboard.text import Language, language_of, render
from pipelines.errors import msg, msg_plural
from pipelines.ingest import ImportReport, ImportRequest, import_file
from pipelines.work import Stopped

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


def submit(upload: Upload) -> int:
    """Have an uploaded file taken in; return the number of the job.

    Raises:
        AccessRefused: Whoever is looking may not take files in.
    """
    session.require(Capability.IMPORT)
    path, request = _kept(upload)
    return _hand_in(path, request, {})


def submit_answers(pending: Pending, answers: Mapping[str, str]) -> int:
    """Have a file taken in with what somebody answered; see ``submit``."""
    session.require(Capability.IMPORT)
    return _hand_in(pending.path, pending.request, {**pending.answers, **answers})


def take_in(upload: Upload) -> ImportReport | Pending:
    """Import an uploaded file here and now.

    Returns:
        What came of it, or the file with its open questions.

    Raises:
        ImportRefused: It cannot be read or is nothing we know; nothing is left behind.
    """
    path, request = _kept(upload)
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


def _kept(upload: Upload) -> tuple[Path, ImportRequest]:
    staging = session.current().workspace.staging
    staging.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="upload-", dir=staging))
    # the name is kept, since people look for it; a path in it is not
    path = folder / (Path(upload.name.replace("\\", "/")).name[-_LONGEST_NAME:] or "file")
    path.write_bytes(upload.content)
    return path, ImportRequest(upload.source, upload.entity, coverage=upload.coverage)


def _hand_in(path: Path, request: ImportRequest, answers: Mapping[str, str]) -> int:
    visitor = session.visitor()
    parameters = {
        "path": str(path),
        "source": request.source,
        "entity": request.entity,
        "coverage": request.coverage,
        "answers": dict(answers),
    }
    by = Asker(visitor.name, visitor.role, visitor.account_id)
    return desk().submit(Order(UPLOAD, path.name, parameters, by)).job_id


def _do(job: Job, output: Output) -> int:
    """Take a file in as a job."""
    given: Mapping[str, Any] = job.order.parameters
    path = Path(given["path"])
    request = ImportRequest(given["source"], given["entity"], coverage=given["coverage"])
    language = language_of(session.served().workspace.settings.locale)
    if job.attempts > 1 and not path.exists():
        # it was read to its end, and the app ended before it said so
        seen = msg("The file had been read when Cap 90 stopped: see the list of imports.")
        output.out(f"{render(seen, language)}\n")
        return 0
    outcome = _run(path, request, given["answers"], keep_stopped=output)
    output.result = outcome
    if isinstance(outcome, Pending):
        asks = msg("Nothing was imported: the file leaves something open.")
        output.out(f"{render(asks, language)}\n")
        return 1
    output.out(f"{_said(outcome, language)}\n")
    return 0


register(UPLOAD, _do)


def _said(report: ImportReport, language: Language) -> str:
    counts = [
        msg_plural("{count} added", "{count} added", report.added),
        msg_plural("{count} changed", "{count} changed", report.changed),
        msg_plural("{count} unchanged", "{count} unchanged", report.unchanged),
        msg_plural("{count} rejected", "{count} rejected", report.rejected),
    ]
    return " · ".join(render(count, language) for count in counts)


def _run(
    path: Path,
    request: ImportRequest,
    answers: Mapping[str, str],
    *,
    keep_stopped: Output | None = None,
) -> ImportReport | Pending:
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
    except Stopped:
        waits = keep_stopped is not None and keep_stopped.resumes
        raise
    finally:
        if not waits:
            shutil.rmtree(path.parent, ignore_errors=True)
    return Pending(path, request, answers, report) if waits else report
