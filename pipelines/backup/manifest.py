"""What a backup says about itself: ``manifest.json``, the last file in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pipelines.errors import BackupError, msg

#: Its name inside a backup.
NAME = "manifest.json"
#: Grows when an older version of the product could not read a backup any more.
FORMAT = 1
#: Where originals lie inside a backup, as in the workspace.
ORIGINALS = "imports/"


def product_version() -> str:
    """Return the version of Cap 90 that runs."""
    try:
        return version("cap90")
    except PackageNotFoundError:  # run from a folder, never installed
        return "0"


class Why(StrEnum):
    """What a backup was made for; the value is part of its file's name."""

    DAY = "daily"
    IMPORT = "before-import"
    UPDATE = "before-update"
    HAND = "by-hand"


@dataclass(frozen=True)
class Part:
    """One file of a backup.

    Attributes:
        name: As in the workspace, with ``/`` between folders.
        sha256: In hexadecimal.
        size: In bytes.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Head:
    """How far the audit trail reached."""

    number: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """See the module.

    Attributes:
        number: Grows with every backup of a workspace, whatever the clock says.
        created: In UTC.
        day: The day it was at the company.
        product: Version of Cap 90 that made it.
        schemas: Number of the newest migration, by database file.
        rows: Row counts by database file and table.
        audit: The audit trail's end; None without one.
        originals: Hashes of the imported files that the data was made from.
        stamp: The database file's state; see ``Store.stamp``.
        keep: Whether it is never cleared away by itself.
    """

    number: int
    why: Why
    created: datetime
    day: str
    company: str
    parts: tuple[Part, ...]
    schemas: Mapping[str, int]
    rows: Mapping[str, Mapping[str, int]]
    audit: Head | None
    originals: tuple[str, ...]
    stamp: str | None = None
    keep: bool = False
    product: str = field(default_factory=product_version)
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        """How many rows about sales and the rhythm it holds."""
        return sum(self.rows.get("cap90.duckdb", {}).values())

    def named(self, name: str) -> Part | None:
        """Return a part by its name."""
        return next((part for part in self.parts if part.name == name), None)


def written(manifest: Manifest) -> bytes:
    """Return a manifest as the bytes of its file."""
    return json.dumps(asdict(manifest), default=str, indent=1, ensure_ascii=False).encode("utf-8")


def read(content: bytes, where: str) -> Manifest:
    """Return the manifest in the bytes of a file.

    Raises:
        BackupError: It is none, or a newer version of the product made it.
    """
    try:
        values = json.loads(content)
        if values["format"] > FORMAT:
            raise BackupError.of(
                msg(
                    "This backup was made by a newer Cap 90 ({version}).",
                    version=values.get("product", "?"),
                ),
                where=where,
                hint=msg("Update Cap 90 and try again."),
            )
        return _from(values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError.of(
            msg("This is not a Cap 90 backup, or it is damaged."),
            where=where,
            hint=msg("Choose another file that ends in .cap90."),
        ) from error


def _from(values: Mapping[str, Any]) -> Manifest:
    audit = values["audit"]
    return Manifest(
        number=int(values["number"]),
        why=Why(values["why"]),
        created=datetime.fromisoformat(values["created"]),
        day=str(values["day"]),
        company=str(values["company"]),
        parts=tuple(
            Part(str(part["name"]), str(part["sha256"]), int(part["size"]))
            for part in values["parts"]
        ),
        schemas={str(name): int(number) for name, number in values["schemas"].items()},
        rows={
            str(name): {str(table): int(count) for table, count in tables.items()}
            for name, tables in values["rows"].items()
        },
        audit=Head(int(audit["number"]), str(audit["hash"])) if audit else None,
        originals=tuple(map(str, values["originals"])),
        stamp=values["stamp"],
        keep=bool(values["keep"]),
        product=str(values["product"]),
        format=int(values["format"]),
    )
