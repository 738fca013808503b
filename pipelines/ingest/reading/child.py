"""The process that parses one foreign file: ``python -m pipelines.ingest.reading.child FOLDER``.

A parser can be brought down by the file it reads, and a workbook of one cell can ask for all the
memory there is. Here that costs a child process and an apology, never the application.
"""

import contextlib
import sys
from pathlib import Path
from typing import Final

from pipelines.errors import ImportRefused
from pipelines.ingest.reading import handover
from pipelines.ingest.reading.parsing import parse

#: Address space, in bytes. Far above what is ever used, since allocators reserve generously; it
#: turns an absurd request into a failed one. What is really used is watched from outside.
_ADDRESS_SPACE: Final = 24 << 30


def main(folder: Path) -> None:
    """Parse the file that a request names and leave the answer beside it."""
    _limit()
    request = handover.asked(folder)
    try:
        parsed = parse(Path(request.path), request.delimiter, request.encoding)
    except ImportRefused as refusal:
        handover.refuse(folder, refusal)
    else:
        handover.answer(folder, parsed)


def _limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
