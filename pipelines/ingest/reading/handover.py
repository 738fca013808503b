"""What the application and the process that reads a file for it leave each other in a folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from pipelines.errors import ImportRefused, Message, Problem
from pipelines.ingest.reading.parsed import Parsed
from pipelines.ingest.table import RejectedLine

_REQUEST: Final = "request.json"
_ANSWER: Final = "answer.json"
_TABLE: Final = "table.arrow"
_REJECTS: Final = "rejects.arrow"


@dataclass(frozen=True)
class Request:
    """Which file to read and what was told about it."""

    path: str
    delimiter: str | None
    encoding: str | None


def ask(folder: Path, request: Request) -> None:
    """Leave a request."""
    _write(folder / _REQUEST, asdict(request))


def asked(folder: Path) -> Request:
    """Return the request that was left."""
    return Request(**_read(folder / _REQUEST))


def refuse(folder: Path, refusal: ImportRefused) -> None:
    """Leave a refusal as the answer."""
    _write(folder / _ANSWER, {"problems": [_plain(problem) for problem in refusal.problems]})


def answer(folder: Path, parsed: Parsed) -> None:
    """Leave a table as the answer; the answer itself comes last, so it is whole or absent."""
    parsed.frame.write_ipc(folder / _TABLE)
    rejects = [(reject.line, reject.code, reject.content) for reject in parsed.rejects]
    schema = {"line": pl.Int64, "code": pl.String, "content": pl.String}
    pl.DataFrame(rejects, schema=schema, orient="row").write_ipc(folder / _REJECTS)
    _write(
        folder / _ANSWER,
        {
            "headers": parsed.headers,
            "delimiter": parsed.delimiter,
            "encoding": parsed.encoding,
            "sheet": parsed.sheet,
            "native": sorted(parsed.native),
        },
    )


def answered(folder: Path) -> Parsed | None:
    """Return the table that was left, or None if there is no answer.

    Raises:
        ImportRefused: The answer was a refusal.
    """
    if not (folder / _ANSWER).exists():
        return None
    content = _read(folder / _ANSWER)
    if "problems" in content:
        raise ImportRefused(*(_problem(plain) for plain in content["problems"]))
    return Parsed(
        frame=pl.read_ipc(folder / _TABLE),
        headers=tuple(content["headers"]),
        rejects=tuple(
            RejectedLine(*row) for row in pl.read_ipc((folder / _REJECTS).read_bytes()).iter_rows()
        ),
        delimiter=content["delimiter"],
        encoding=content["encoding"],
        sheet=content["sheet"],
        native=frozenset(content["native"]),
    )


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content), "utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _plain(problem: Problem) -> dict[str, Any]:
    def parts(message: Message) -> list[Any]:
        return [message.template, dict(message.values)]

    return {
        "what": parts(problem.what),
        "where": problem.where,
        "hint": parts(problem.hint) if problem.hint else None,
    }


def _problem(plain: Mapping[str, Any]) -> Problem:
    def message(parts: Sequence[Any]) -> Message:
        return Message(parts[0], MappingProxyType(parts[1]))

    hint = plain["hint"]
    return Problem(message(plain["what"]), plain["where"], message(hint) if hint else None)
