"""What an import was asked to do and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pipelines.errors import Message

Coverage = Literal["full", "view"]


@dataclass(frozen=True)
class ImportRequest:
    """How a file is to be taken in.

    Attributes:
        source: The system it comes from; None to recognise it.
        entity: The canonical table it fills; None to recognise it.
        mapping: A mapping file.
        coverage: ``full`` if the file holds everything the source has, so that what is absent
            has vanished there; a ``view`` says nothing about what it does not hold.
        dry_run: Report what would happen, and change nothing.
    """

    source: str | None = None
    entity: str | None = None
    mapping: Path | None = None
    coverage: Coverage = "view"
    dry_run: bool = False


@dataclass(frozen=True)
class Finding:
    """Something worth knowing about a file that was taken in.

    Attributes:
        code: Stable word for programs.
        count: Rows (or columns) concerned.
    """

    code: str
    count: int
    message: Message


@dataclass(frozen=True)
class Question:
    """Something the file leaves open and only a person can say.

    Attributes:
        id: Stable within the file, such as ``date_format:Close Date``.
        column: As written in the file; "" if no single column is meant.
        options: What may be answered.
        examples: Cells that show the difficulty.
        mapping_key: Where the answer goes in a mapping file.
    """

    id: str
    column: str
    question: Message
    options: tuple[str, ...]
    examples: tuple[str, ...]
    mapping_key: str


@dataclass(frozen=True)
class ImportReport:
    """What came of one file. ``rows_read = added + changed + unchanged + rejected``.

    Attributes:
        import_id: None if nothing was written: a dry run, or an open question. The same file
            again reports the import that took it in.
        questions: If there are any, nothing was written and the counts are zero.
    """

    file: str
    source: str
    entity: str
    import_id: int | None
    rows_read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    findings: tuple[Finding, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Reject:
    """A row that was set aside.

    Attributes:
        line: First line of the row in the file, the header being line 1 in a plain one.
        column: As written in the file; None if the whole row is meant.
        content: The cell or row as read, shortened.
        reason: The code in words.
    """

    line: int
    code: str
    column: str | None
    content: str | None
    reason: Message


@dataclass(frozen=True)
class ImportRecord:
    """One import of the register."""

    import_id: int
    file_name: str
    content_hash: str
    source: str
    entity: str
    coverage: str
    imported_at: datetime
    as_of: date
    rows_read: int
    added: int
    changed: int
    unchanged: int
    rejected: int


@dataclass(frozen=True)
class Freshness:
    """The newest import of one source and entity.

    Attributes:
        newest_event: The latest date that the table holds for the source, up to the day asked
            about; None if it holds none.
    """

    file_name: str
    source: str
    entity: str
    imported_at: datetime
    as_of: date
    rows_read: int
    rejected: int
    newest_event: date | None
