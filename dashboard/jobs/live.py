"""A job while this process knows of it."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.jobs.job import Job
from dashboard.jobs.kinds import kind_of
from pipelines.errors import Message
from pipelines.work import Work

#: What somebody who waits for a job is told: ``out`` or ``err`` with text, ``progress`` with a
#: message, at last ``end`` with the exit code, or ``again``: it did not begin, ask elsewhere.
Chunk = Mapping[str, Any]
#: Called from the thread that does the job; must be quick and never raise.
Follower = Callable[[Chunk], None]

_LINES = 20
_LONGEST_LINE = 500


class Live:
    """A job with its thread's side and its audience; also the output its runner writes to."""

    def __init__(self, job: Job, follower: Follower | None = None) -> None:
        self.job = job
        self.kind = kind_of(job.order.kind)
        self.work = Work(self._progress)
        self.ended = threading.Event()
        self.result: object = None
        self.spoke = False
        self.resumes = False
        self.follower = follower
        self._lines: deque[str] = deque(job.lines, _LINES)
        self._unfinished = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The last things it said."""
        return tuple(self._lines)

    def out(self, text: str) -> None:
        """Write what standard output would get; a document for a program is not kept."""
        self.spoke = True
        if "--json" not in self.job.order.parameters.get("argv", ()):
            self._keep(text)
        self._tell({"out": text})

    def err(self, text: str) -> None:
        """Write what standard error would get."""
        self.spoke = True
        self._keep(text)
        self._tell({"err": text})

    def now(self) -> Job:
        """Return the job as it is."""
        return replace(self.job, lines=self.lines, result=self.result)

    def end(self, code: int) -> None:
        """Tell whoever waits that it is over."""
        self.ended.set()
        self._tell({"end": code})

    def send_away(self) -> None:
        """Tell whoever waits that nothing was done, and that they may ask again elsewhere."""
        self.ended.set()
        self._tell({"again": True})

    def _progress(self, message: Message) -> None:
        self.job = replace(self.job, progress=message)
        self._tell({"progress": message})

    def _keep(self, text: str) -> None:
        if self.kind.confidential:
            return
        *finished, self._unfinished = (self._unfinished + text).split("\n")
        self._lines.extend(line[:_LONGEST_LINE] for line in finished)

    def _tell(self, chunk: Chunk) -> None:
        if self.follower is not None:
            self.follower(chunk)
