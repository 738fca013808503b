"""Undo what a checkpoint had half written when its process or its machine died.

DuckDB writes a checkpoint into free blocks and then its header, so that before the header nothing
has happened. One thing is not so (2.0, seen in the order of its writes): blocks of metadata that
still have room are written again in their place, before the header. If that write stops in the
middle, the checksum of a block that the old header needs is wrong, and the file cannot be opened.

So what those blocks hold is kept in a file beside the database, as soon as there is a new header
and before anything else is written. A header that is still the one kept there says that no
checkpoint was finished since: whatever else those blocks hold is put back.

The layout of the file is that of https://duckdb.org/docs/stable/internals/storage: three headers
of 4 KiB, then blocks of 256 KiB.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

import duckdb

from pipelines.files import lock, read_at
from pipelines.store.connect import in_use

_HEADERS = 3 * 4096
_BLOCK = 256 * 1024
_DIGEST = hashlib.sha256().digest_size
_NUMBER = 8
#: Full blocks are not written again, empty ones hold nothing that is needed.
_WITH_ROOM = (
    "select block_id from pragma_metadata_info() "
    "where free_blocks > 0 and free_blocks < total_blocks order by block_id"
)


def undo_file(database: Path) -> Path:
    """Return where the blocks of a database are kept."""
    return database.with_name(f"{database.name}.undo")


class Undo:
    """The kept blocks of one database, for whoever has it open, and nobody else meanwhile."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._headers = b""

    @classmethod
    def take(cls, database: Path) -> Self:
        """Keep others out, and put back what a checkpoint that was not finished has written over.

        Args:
            database: Its file, which nobody has open and which may be missing.

        Raises:
            OSError: The folder cannot be written, or the disk is failing.
            WorkspaceInUse: Somebody has the database open, in this process or in another one.
        """
        path = undo_file(database)
        stream = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            _lock(stream, database)
            if database.exists():
                _put_back(stream, database)
        except BaseException:
            stream.close()
            raise
        return cls(stream)

    def keep(self, cursor: duckdb.DuckDBPyConnection, file: int) -> None:
        """Keep what the next checkpoint may write over, if there was one since the last time.

        Args:
            cursor: Outside a transaction, while nobody else writes.
            file: A handle to the database's file.

        Raises:
            OSError: The disk did not take it.
        """
        headers = read_at(file, 0, _HEADERS)
        if headers == self._headers:
            return
        kept = bytearray(headers)
        for (number,) in cursor.execute(_WITH_ROOM).fetchall():
            kept += int(number).to_bytes(_NUMBER, "big") + read_at(file, _place(number), _BLOCK)
        self._headers = b""
        self._stream.seek(0)
        # not whole, until its last byte is there: what is kept then is not used
        self._stream.write(hashlib.sha256(kept).digest() + kept)
        self._stream.truncate()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._headers = headers

    def close(self) -> None:
        """Let others have the database."""
        self._stream.close()


def _lock(stream: IO[bytes], database: Path) -> None:
    try:
        lock(stream, wait=False)
    except BlockingIOError:
        raise in_use(database) from None
    except OSError:
        return  # this file system knows no locks; whether that matters, DuckDB says


def _put_back(stream: IO[bytes], database: Path) -> None:
    digest, kept = stream.read(_DIGEST), stream.read()
    if not kept or hashlib.sha256(kept).digest() != digest:
        return
    try:
        file = database.open("r+b")
    except PermissionError:  # on Windows somebody has it open; else DuckDB says what is wrong
        return
    with file:
        if file.read(_HEADERS) != kept[:_HEADERS]:
            return
        for number, block in _blocks(kept[_HEADERS:]):
            file.seek(_place(number))
            if file.read(_BLOCK) != block:
                file.seek(_place(number))
                file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _blocks(kept: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(kept), _NUMBER + _BLOCK):
        block = start + _NUMBER
        yield int.from_bytes(kept[start:block], "big"), kept[block : block + _BLOCK]


def _place(number: int) -> int:
    return _HEADERS + number * _BLOCK
