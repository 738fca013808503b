"""Who does a job: the command line's own commands, or the page that took a file."""

from collections.abc import Callable
from typing import Final, Protocol

from dashboard.jobs.job import Job


class Output(Protocol):
    """Where a runner says what people are to read, and leaves what came of the job."""

    result: object

    @property
    def resumes(self) -> bool:
        """Whether the job, once stopped, is done at the next start: what it needs must stay."""

    def out(self, text: str) -> None:
        """Write what standard output would get."""

    def err(self, text: str) -> None:
        """Write what standard error would get."""


#: Does a job in this thread, in the name of ``session.visitor()``, and returns its exit code.
Runner = Callable[[Job, Output], int]

COMMAND: Final = "command"
_runners: dict[str, Runner] = {}


def register(name: str, runner: Runner) -> None:
    """Have jobs of this kind done by this from now on; ``COMMAND`` does all that have no own."""
    _runners[name] = runner


def runner_of(kind: str) -> Runner:
    """Return who does jobs of a kind.

    Raises:
        KeyError: Nobody was registered.
    """
    return _runners[kind if kind in _runners else COMMAND]
